/** Creates missing stacks: without asking in a rehearsal, after confirmation in the user's own backend. */
import { agree } from "../agree.ts";
import type { Io } from "../io.ts";
import { makeStacks } from "./deploy.ts";
import { stacksOf } from "./deployed.ts";
import type { Session } from "./session.ts";

/** @throws Failure `confirmation-missing` when the user did not confirm */
export async function makeMissing(
  io: Io,
  session: Session,
  wanted: readonly string[],
  agreed: boolean,
): Promise<void> {
  const existing = new Set(await stacksOf(session));
  const missing = wanted.filter((stack) => !existing.has(stack));
  if (missing.length === 0) return;
  if (session.target.kind === "cloud") {
    const named = missing.join(", ");
    await agree(io, agreed, {
      question: `The backend has no stack ${named} yet. Create ${missing.length === 1 ? "it" : "them"}?`,
      otherwise: `the backend has no stack ${named} yet, and creating it was not confirmed`,
      cure: "run it again with --yes, or create the stacks with `pulumi stack init`",
    });
  }
  await makeStacks(session, missing);
}
