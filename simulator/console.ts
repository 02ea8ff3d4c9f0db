/**
 * A cloud's own console: makes changes without the engine, to rehearse drift. Nothing is checked here, like changes of an
 * administrator.
 */
import { isDeepStrictEqual } from "node:util";
import { cloudFile } from "./cloud.ts";
import { type ExistingResource, putExisting } from "./existing.ts";
import type { Resource } from "./records.ts";
import { Store } from "./store.ts";
import { type Bag, isBag } from "./wire.ts";

export interface Console {
  /**
   * Changes properties of a URN's resource; nested objects are merged, lists replaced, `null` removes.
   *
   * @throws RangeError when the URN has no resource.
   */
  change(urn: string, properties: Bag): void;
  /** Deletes a URN's resource, whatever depends on it. @throws RangeError as above. */
  delete(urn: string): void;
  /** Puts resources in that no stack has created. */
  exist(resources: readonly ExistingResource[]): void;
  close(): void;
}

/** Opens the console of a rehearsal's state folder. */
export function openConsole(stateDir: string): Console {
  const store = new Store(cloudFile(stateDir));
  const find = (urn: string): Resource => {
    const found = store.byUrn(urn).at(-1);
    if (found === undefined) throw new RangeError(`${urn} has no resource`);
    return found;
  };
  return {
    change: (urn, properties) =>
      store.transaction(() => {
        const { key, inputs, state, secrets } = find(urn);
        const changed = merge(state, properties);
        store.drift(key, { inputs: followed(inputs, state, changed), state: changed, secrets });
      }),
    delete: (urn) => store.transaction(() => store.delete(find(urn).key)),
    exist: (resources) => putExisting(store, resources),
    close: () => store.close(),
  };
}

function merge(value: Bag, change: Bag): Bag {
  const merged: Bag = { ...value };
  for (const [key, next] of Object.entries(change)) {
    const before = merged[key];
    if (next === null) delete merged[key];
    else merged[key] = isBag(before) && isBag(next) ? merge(before, next) : next;
  }
  return merged;
}

/** The inputs that a provider would read back: those set before, and those that have changed. */
function followed(inputs: Bag, before: Bag, after: Bag): Bag {
  const next: Bag = { ...inputs };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is, given] = [before[key], after[key], inputs[key]];
    if (isDeepStrictEqual(was, is)) continue;
    if (is === undefined) delete next[key];
    else next[key] = isBag(was) && isBag(is) && isBag(given) ? followed(given, was, is) : is;
  }
  return next;
}
