/** Existing resources of a rehearsal: no stack created them, and a manifest refers to them. */
import { createHash } from "node:crypto";
import { Clouds } from "./clouds.ts";
import type { Resource } from "./records.ts";
import type { Store } from "./store.ts";
import type { Bag } from "./wire.ts";

export interface ExistingResource {
  readonly type: string;
  /** The id that its provider would give to Pulumi. */
  readonly id: string;
  /** The provider's configuration: the account and region, or the project, that it is in. */
  readonly config: Bag;
  readonly inputs: Bag;
  /** Outputs that do not follow from the inputs. @default {} */
  readonly facts?: Bag;
}

/** The stack of existing resources in the store; no stack of Pulumi has a name with a space. */
export const existingStack = "not a stack";

/**
 * Adds existing resources to the cloud, or updates those whose definition has changed since. Changes at the console are kept. Resources
 * that others refer to come first.
 *
 * @throws CloudError when the cloud would refuse one
 */
export function putExisting(store: Store, resources: readonly ExistingResource[]): void {
  const clouds = new Clouds(store);
  store.transaction(() => {
    for (const resource of resources) put(store, clouds, resource);
  });
}

function put(store: Store, clouds: Clouds, resource: ExistingResource): void {
  const { type, id, config, inputs, facts = {} } = resource;
  const urn = `urn:pulumi:${existingStack}::existing::${type}::${id}`;
  const wanted = { urn, type, values: inputs, secrets: [], config };
  const place = clouds.place(type, inputs, config);
  const known = store.find(place, type, id);
  if (known && !store.define(known.key, digest(resource))) return;
  const before: Resource = {
    ...{ key: -1, urn, stack: existingStack, type, place, id, inputs, secrets: [] },
    acknowledged: true,
    ...known,
    // As if it were the same before: rules for updates do not apply.
    state: { ...inputs, ...facts },
  };
  const made = clouds.make(wanted, before);
  const change = { inputs, state: { ...made.state, ...facts }, secrets: made.secrets };
  if (known !== undefined) {
    store.update(known.key, known.urn, change, made.indexes);
    return;
  }
  const { key } = store.insert(
    { ...change, urn, stack: existingStack, type, place, id },
    made.indexes,
  );
  store.acknowledge(key);
  store.define(key, digest(resource));
}

function digest(resource: ExistingResource): string {
  return createHash("sha256").update(JSON.stringify(resource)).digest("hex").slice(0, 16);
}
