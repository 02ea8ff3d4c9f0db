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
import { liftedTag, setTag, tagsOf } from "./stack-tags.ts";
import { isInCloud } from "./state.ts";

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

/** Removes the protection and retention of some resources of a stack, which its next update deletes. */
export async function liftSome(
  session: Session,
  stack: string,
  leaves: (urn: string) => boolean,
): Promise<void> {
  const state = await exportState(session, stack);
  const { resources = [] } = state.deployment ?? {};
  const isHeld = ({ urn, type, protect, retainOnDelete }: ExportedResource) =>
    leaves(urn) && !staysAfterDestroy(type) && (protect || retainOnDelete);
  if (!resources.some(isHeld)) return;
  const freed = resources.map((resource) => {
    if (!isHeld(resource)) return resource;
    const { protect: _, retainOnDelete: __, ...rest } = resource;
    return rest;
  });
  await importState(session, stack, {
    ...state,
    deployment: { ...state.deployment, resources: freed },
  });
}

/** The stacks that must be updated without the clouds' deletion protection before they are destroyed. */
export async function stacksToLift(
  session: Session,
  stacks: readonly string[],
  released: ReadonlySet<string>,
): Promise<string[]> {
  const found: string[] = [];
  for (const stack of stacks) {
    const state = await exportState(session, stack);
    if (mustLift(state, await tagsOf(session, stack), released)) found.push(stack);
  }
  return found;
}

/**
 * Not a stack that is empty, and not one of which a destroy failed half-way: an update would create again what was deleted, and fail at
 * the names of released archives.
 */
export function mustLift(
  state: ExportedState,
  tags: Readonly<Record<string, string>>,
  released: ReadonlySet<string>,
): boolean {
  if (!state.deployment?.resources?.some(isInCloud)) return false;
  return tags[liftedTag] === undefined || withoutProtection(state, released) !== undefined;
}

/** Records that a stack was updated. A later `up` protects its resources in the state again. */
export async function markLifted(session: Session, stacks: readonly string[]): Promise<void> {
  for (const stack of stacks) await setTag(session, stack, liftedTag, "lifted");
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
