/** Operations that a killed engine left open on real clouds, where only the provider can say what was made. */
import { Failure } from "../failure.ts";
import { shortName } from "./events.ts";
import { type ExportedState, exportState } from "./exported-state.ts";
import type { Session } from "./session.ts";

/**
 * Looks for creations that nobody knows the end of: a run over them could make things twice.
 *
 * @throws Failure `operation-pending` with the commands that settle each one
 */
export async function refusePending(session: Session, stacks: readonly string[]): Promise<void> {
  if (session.target.kind === "rehearsal") return;
  const open = await Promise.all(
    stacks.map(async (stack) => ({
      stack,
      urns: openCreations(await exportState(session, stack)),
    })),
  );
  const left = open.filter(({ urns }) => urns.length > 0);
  if (left.length === 0) return;
  const lines = left.flatMap(({ stack, urns }) => [
    ...urns.map((urn) => `${stack}: ${shortName(urn)} (${urn})`),
    `  it exists:     npx atoll pulumi -- refresh -s ${stack} --import-pending-creates "<URN> <ID>"`,
    `  it does not:   npx atoll pulumi -- refresh -s ${stack} --clear-pending-creates`,
  ]);
  throw new Failure(
    "operation-pending",
    `a killed run left ${left.map(({ stack }) => stack).join(", ")} with creations that nobody knows the end of`,
    "look each one up in its cloud, then settle it by one of the commands below",
    lines.join("\n"),
  );
}

/** URNs of creations that were begun and not ended. */
export function openCreations({ deployment }: ExportedState): string[] {
  return (deployment?.pending_operations ?? [])
    .filter(({ type }) => type === "creating")
    .map(({ resource }) => resource.urn);
}
