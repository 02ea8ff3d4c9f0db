/**
 * Removes protection and retention from the state. An update without them is not enough: for resources that it replaces or deletes,
 * the engine goes by the old state, and refuses the update or leaves them in the cloud.
 */
import { staysAfterDestroy } from "../../components/core/kept.ts";
import {
  type ExportedResource,
  type ExportedState,
  exportState,
  importState,
} from "./exported-state.ts";
import type { Session } from "./session.ts";

export async function liftInState(session: Session, stacks: readonly string[]): Promise<void> {
  for (const stack of stacks) {
    const lifted = withoutProtection(await exportState(session, stack));
    if (lifted !== undefined) await importState(session, stack, lifted);
  }
}

/** `undefined` where nothing is protected or retained. What stays after every destroy is retained further on. */
export function withoutProtection(state: ExportedState): ExportedState | undefined {
  const { resources = [] } = state.deployment ?? {};
  const held = ({ type, protect, retainOnDelete }: ExportedResource) =>
    (protect || retainOnDelete) && !staysAfterDestroy(type);
  if (!resources.some(held)) return undefined;
  const freed = resources.map((resource) => {
    if (!held(resource)) return resource;
    const { protect: _, retainOnDelete: __, ...rest } = resource;
    return rest;
  });
  return { ...state, deployment: { ...state.deployment, resources: freed } };
}
