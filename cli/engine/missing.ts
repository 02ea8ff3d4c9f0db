/** Stacks that a backend does not have yet: made without asking in a rehearsal, with consent in the user's own backend. */
import { agree } from "../agree.ts";
import type { Io } from "../io.ts";
import { makeStacks } from "./deploy.ts";
import { stacksOf } from "./deployed.ts";
import type { Session } from "./session.ts";

/** @throws Failure `confirmation-missing` when stacks would be made in the user's backend and nobody agreed to it */
export async function makeMissing(
  io: Io,
  session: Session,
  wanted: readonly string[],
  agreed: boolean,
): Promise<void> {
  const standing = new Set(await stacksOf(session));
  const missing = wanted.filter((stack) => !standing.has(stack));
  if (missing.length === 0) return;
  if (session.target.kind === "cloud") {
    const named = missing.join(", ");
    await agree(io, agreed, {
      question: `The backend has no stack ${named} yet. Make ${missing.length === 1 ? "it" : "them"}?`,
      otherwise: `the backend has no stack ${named} yet, and nobody agreed to make one`,
      cure: "run it again with --yes, or make the stacks with `pulumi stack init`",
    });
  }
  await makeStacks(session, missing);
}
