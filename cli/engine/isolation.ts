/** Judges the isolation of tenants from the states of stacks. */
import type { Footprint } from "../../footprint/model.ts";
import type { IsolationCell } from "../../operations/isolation/model.ts";
import { isolationCells, type StatedResource } from "../../operations/isolation/of-states.ts";
import { resourcesOf, stacksOf } from "./deployed.ts";
import type { Session } from "./session.ts";

/**
 * The deployed cells with their deployed tenants.
 *
 * @param whole whether a stack is deployed as a whole. @default those that have resources
 */
export async function deployedCells(
  session: Session,
  footprint: Footprint,
  whole: (stack: string) => boolean = () => true,
): Promise<IsolationCell[]> {
  // A footprint without tenants has nothing to separate: no state is read.
  if (footprint.tenants.length === 0) return [];
  const existing = new Set(await stacksOf(session));
  const wanted = footprint.stacks
    .map(({ name }) => name)
    .filter((name) => existing.has(name) && whole(name));
  const states = new Map<string, readonly StatedResource[]>();
  for (const stack of wanted) {
    const resources = await resourcesOf(session, stack);
    if (resources.length > 0) states.set(stack, resources);
  }
  const cells = footprint.cells.filter(({ stack }) => states.has(stack));
  return isolationCells({ ...footprint, cells }, states);
}
