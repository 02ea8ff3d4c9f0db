/** Stacks that a backend does not have yet: made without asking in a rehearsal, with consent in the user's own backend. */
import { Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { makeStacks } from "./deploy.ts";
import { failureOf } from "./errors.ts";
import type { Session } from "./session.ts";
import { standingStacks } from "./state.ts";

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
  if (session.target.kind === "cloud" && !agreed) {
    const question = `The backend has no stack ${missing.join(", ")} yet. Make ${missing.length === 1 ? "it" : "them"}?`;
    if (!io.interactive || !(await io.confirm(question))) {
      throw new Failure(
        "confirmation-missing",
        `the backend has no stack ${missing.join(", ")} yet, and nobody agreed to make one`,
        "run it again with --yes, or make the stacks with `pulumi stack init`",
      );
    }
  }
  await makeStacks(session, missing);
}

/** The stacks that the target's backend has. */
export async function stacksOf(session: Session): Promise<string[]> {
  const { folders } = session.target;
  if (folders) return standingStacks(folders, session.project.name);
  const ended = await session.pulumi(["stack", "ls", "--json"]);
  if (ended.code !== 0) throw failureOf(session.project.name, ended);
  return (JSON.parse(ended.stdout) as { readonly name: string }[]).map(({ name }) => name);
}
