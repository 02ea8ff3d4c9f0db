/**
 * Removes protection and retention from the state. An update without them is not enough: for resources that it replaces or deletes,
 * the engine goes by the old state, and refuses the update or leaves them in the cloud.
 */
import { type ExportedState, exportState, importState } from "./exported-state.ts";
import type { Session } from "./session.ts";

export async function liftInState(session: Session, stacks: readonly string[]): Promise<void> {
  for (const stack of stacks) {
    const lifted = withoutProtection(await exportState(session, stack));
    if (lifted !== undefined) await importState(session, stack, lifted);
  }
}

/** `undefined` where nothing is protected or retained. */
export function withoutProtection(state: ExportedState): ExportedState | undefined {
  const { resources = [] } = state.deployment ?? {};
  if (!resources.some(({ protect, retainOnDelete }) => protect || retainOnDelete)) return undefined;
  const freed = resources.map(({ protect: _, retainOnDelete: __, ...rest }) => rest);
  return { ...state, deployment: { ...state.deployment, resources: freed } };
}
