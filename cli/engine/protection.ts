/** Protected resources of a stack, and changes that would replace or delete them. */
import { Failure } from "../failure.ts";
import { resourcesOf } from "./deployed.ts";
import { namesOf } from "./errors.ts";
import type { Change } from "./events.ts";
import type { StackResult } from "./run.ts";
import type { Session } from "./session.ts";

/** URNs of the protected resources of a stack. */
export async function protectedIn(session: Session, stack: string): Promise<string[]> {
  const resources = await resourcesOf(session, stack);
  return resources.flatMap(({ protect, urn }) => (protect ? urn : []));
}

/** Refuses a preview that replaces or deletes protected resources. */
export function lossOf({
  stack,
  progress,
}: Pick<StackResult, "stack" | "progress">): Failure | undefined {
  const lost = progress.changes
    .filter((change) => change.protected && isLoss(change))
    .map(({ urn }) => urn)
    .sort();
  if (lost.length === 0) return undefined;
  return new Failure(
    "resource-protected",
    `stack ${stack} would replace or delete protected resources: ${namesOf(lost)}`,
    "undo the change; to delete these resources anyway, delete them in the cloud, run the commands below, and run the same command again",
    lost
      .map((urn) => `npx atoll pulumi -- state unprotect '${urn}' --stack ${stack} --yes`)
      .join("\n"),
  );
}

/**
 * Refuses a preview that replaces or deletes more than the confirmed preview.
 *
 * @param shown the confirmed preview; undefined where none was needed
 */
export function unagreedLossOf(
  { stack, progress }: Pick<StackResult, "stack" | "progress">,
  shown: Pick<StackResult, "progress"> | undefined,
): Failure | undefined {
  if (shown === undefined) return undefined;
  const known = new Set(losses(shown.progress.changes).map(({ op, urn }) => `${op} ${urn}`));
  const more = losses(progress.changes).filter(({ op, urn }) => !known.has(`${op} ${urn}`));
  if (more.length === 0) return undefined;
  return new Failure(
    "plan-changed",
    `stack ${stack} was not changed: after the changes to other stacks, it would also replace or delete ${namesOf(more.map(({ urn }) => urn))}`,
    "run the same command again: it shows the new plan",
    more.map(({ op, urn }) => `${op} ${urn}`).join("\n"),
  );
}

/** The changes that replace or delete a resource in a cloud. */
export function losses(changes: readonly Change[]): Change[] {
  return changes.filter((change) => change.inCloud && isLoss(change));
}

function isLoss({ op }: Change): boolean {
  return op === "delete" || op === "replace";
}
