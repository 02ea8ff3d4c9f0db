/** Operations that a killed engine left open on real clouds, where only the cloud can tell what was created. */
import { Failure } from "../failure.ts";
import { mapAtOnce } from "./at-once.ts";
import { shortName } from "./events.ts";
import { type ExportedState, exportState } from "./exported-state.ts";
import type { Session } from "./session.ts";

/**
 * Refuses stacks with creations of unknown outcome: a run could create these resources twice.
 *
 * @throws Failure `operation-pending` with the commands that resolve each one
 */
export async function refusePending(session: Session, stacks: readonly string[]): Promise<void> {
  if (session.target.kind === "rehearsal") return;
  const open = await mapAtOnce(stacks, async (stack) => ({
    stack,
    urns: openCreations(await exportState(session, stack)),
  }));
  const left = open.filter(({ urns }) => urns.length > 0);
  if (left.length === 0) return;
  const lines = left.flatMap(({ stack, urns }) => [
    ...urns.map((urn) => `${stack}: ${shortName(urn)} (${urn})`),
    `  it exists:     npx atoll pulumi -- refresh -s ${stack} --import-pending-creates "<URN> <ID>"`,
    `  it does not:   npx atoll pulumi -- refresh -s ${stack} --clear-pending-creates`,
  ]);
  throw new Failure(
    "operation-pending",
    `a killed run left ${left.map(({ stack }) => stack).join(", ")} with creations of unknown outcome`,
    "look up each one in its cloud, then run one of the commands below",
    lines.join("\n"),
  );
}

/** URNs of creations that started and did not end. */
export function openCreations({ deployment }: ExportedState): string[] {
  return (deployment?.pending_operations ?? [])
    .filter(({ type }) => type === "creating")
    .map(({ resource }) => resource.urn);
}
