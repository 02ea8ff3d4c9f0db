/** What the engine protects in a stack, and what a change to it would lose of that. */
import { Failure } from "../failure.ts";
import { namesOf } from "./errors.ts";
import { exportState } from "./exported-state.ts";
import type { StackResult } from "./run.ts";
import type { Session } from "./session.ts";
import { readCheckpoint } from "./state.ts";

/** URNs of the resources of a stack that are protected. */
export async function protectedIn(session: Session, stack: string): Promise<string[]> {
  const { folders } = session.target;
  const resources = folders
    ? readCheckpoint(folders, session.project.name, stack)?.resources
    : (await exportState(session, stack)).deployment?.resources;
  return (resources ?? []).flatMap(({ protect, urn }) => (protect ? urn : []));
}

const deletion = /cannot be deleted\s+because it is protected/;
const replacement =
  /unable to replace resource "([^"]+)"\s+as it is currently marked for protection/;

/**
 * What a preview shows to be lost of what is protected. The engine names what it meets first; here is all of it.
 *
 * @param held URNs of what is protected
 */
export function lossOf(
  held: readonly string[],
  foreseen: Pick<StackResult, "stack" | "succeeded" | "progress"> | undefined,
): Failure | undefined {
  if (foreseen === undefined || foreseen.succeeded) return undefined;
  const { stack, progress } = foreseen;
  const words = progress.diagnostics.map(({ message }) => message);
  const registered = new Set(progress.registered);
  const deleted = words.some((word) => deletion.test(word))
    ? held.filter((urn) => !registered.has(urn))
    : [];
  const replaced = words.flatMap((word) => replacement.exec(word)?.[1] ?? []);
  const lost = [...new Set([...deleted, ...replaced])].sort();
  if (lost.length === 0) return undefined;
  return new Failure(
    "resource-protected",
    `stack ${stack} was left as it is: it would lose what is protected: ${namesOf(lost)}`,
    "take the change back; what may truly go is deleted in its cloud by hand and then given up by the commands below, before the same command is run again",
    lost
      .map((urn) => `npx atoll pulumi -- state unprotect '${urn}' --stack ${stack} --yes`)
      .join("\n"),
  );
}
