/** What a rehearsal takes as existing: resources that no stack created, which a manifest refers to. */
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
  /** What a lookup finds beside the inputs and what follows from them. @default {} */
  readonly facts?: Bag;
}

/** The stack that existing resources are counted under; no stack of Pulumi has a name with a space. */
export const existingStack = "not a stack";

/**
 * Puts resources into the cloud, or brings them back to what they were put in as. Those that others refer to come first.
 *
 * @throws CloudError when the cloud would refuse one
 */
export function putExisting(store: Store, resources: readonly ExistingResource[]): void {
  const clouds = new Clouds(store);
  store.transaction(() => {
    for (const resource of resources) put(store, clouds, resource);
  });
}

function put(
  store: Store,
  clouds: Clouds,
  { type, id, config, inputs, facts = {} }: ExistingResource,
): void {
  const urn = `urn:pulumi:${existingStack}::existing::${type}::${id}`;
  const wanted = { urn, type, values: inputs, secrets: [], config };
  const place = clouds.place(type, inputs, config);
  const known = store.find(place, type, id);
  const before: Resource = {
    ...{ key: -1, urn, stack: existingStack, type, place, id, inputs, secrets: [] },
    acknowledged: true,
    ...known,
    state: facts,
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
}
