/**
 * Removes protection and retention from the state. An update without them is not enough: for resources that it replaces or deletes,
 * the engine goes by the old state, and refuses the update or leaves them in the cloud. What is released stays retained.
 */
import { staysAfterDestroy } from "../../components/core/kept.ts";
import {
  type ExportedResource,
  type ExportedState,
  exportState,
  importState,
} from "./exported-state.ts";
import type { Session } from "./session.ts";

/** @param released URNs of the resources to leave in the clouds */
export async function liftInState(
  session: Session,
  stacks: readonly string[],
  released: ReadonlySet<string>,
): Promise<void> {
  for (const stack of stacks) {
    const lifted = withoutProtection(await exportState(session, stack), released);
    if (lifted !== undefined) await importState(session, stack, lifted);
  }
}

/** `undefined` where nothing changes. What stays after every destroy is retained further on. */
export function withoutProtection(
  state: ExportedState,
  released: ReadonlySet<string> = new Set(),
): ExportedState | undefined {
  const { resources = [] } = state.deployment ?? {};
  const isReady = ({ urn, type, protect, retainOnDelete }: ExportedResource) =>
    staysAfterDestroy(type) || (!protect && !!retainOnDelete === released.has(urn));
  if (resources.every(isReady)) return undefined;
  const freed = resources.map((resource) => {
    if (isReady(resource)) return resource;
    const { protect: _, retainOnDelete: __, ...rest } = resource;
    return released.has(resource.urn) ? { ...rest, retainOnDelete: true } : rest;
  });
  return { ...state, deployment: { ...state.deployment, resources: freed } };
}
