/** What the engine protects in a stack, and what a change to it would lose of that. */
import { Failure } from "../failure.ts";
import { resourcesOf } from "./deployed.ts";
import { namesOf } from "./errors.ts";
import type { Change } from "./events.ts";
import type { StackResult } from "./run.ts";
import type { Session } from "./session.ts";

/** URNs of the resources of a stack that are protected. */
export async function protectedIn(session: Session, stack: string): Promise<string[]> {
  const resources = await resourcesOf(session, stack);
  return resources.flatMap(({ protect, urn }) => (protect ? urn : []));
}

/** What a preview shows to be lost of what is protected. */
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
    `stack ${stack} would lose what is protected: ${namesOf(lost)}`,
    "take the change back; what may truly go is deleted in its cloud by hand and then given up by the commands below, before the same command is run again",
    lost
      .map((urn) => `npx atoll pulumi -- state unprotect '${urn}' --stack ${stack} --yes`)
      .join("\n"),
  );
}

/**
 * What a preview shows to be replaced or deleted that the preview that was agreed to does not show.
 *
 * @param shown undefined where nobody was asked
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
    `stack ${stack} was left as it is: after what was changed before it, it would also replace or delete ${namesOf(more.map(({ urn }) => urn))}`,
    "run the same command again: it shows the new plan",
    more.map(({ op, urn }) => `${op} ${urn}`).join("\n"),
  );
}

/** The changes that lose something in a cloud. */
export function losses(changes: readonly Change[]): Change[] {
  return changes.filter((change) => change.inCloud && isLoss(change));
}

function isLoss({ op }: Change): boolean {
  return op === "delete" || op === "replace";
}
