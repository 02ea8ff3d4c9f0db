/** What stands in a rehearsal, for reports, recovery and tests. It only reads. */
import { cloudFile } from "./cloud.ts";
import { Store } from "./store.ts";
import { packageOf, parseUrn } from "./urn.ts";
import type { Bag } from "./wire.ts";

/** One resource that stands. */
export interface Standing {
  readonly urn: string;
  readonly stack: string;
  readonly type: string;
  /** The logical name, the last part of the URN. */
  readonly name: string;
  readonly package: string;
  /** `aws/<account>/<region>`, `gcp/<project>`, or `kubernetes/<cluster>`. */
  readonly place: string;
  readonly id: string;
  readonly inputs: Bag;
  /** Inputs and outputs; secrets are in plain text: a rehearsal has no real ones. */
  readonly state: Bag;
  /** Whether the engine has shown that it knows the resource; if not, a run was killed before it heard of it. */
  readonly acknowledged: boolean;
}

export interface Inventory {
  /** Everything, or what one stack has made, in the order of creation. */
  standing(stack?: string): Standing[];
  /** What a URN has made and still stands, oldest first; two while it is being replaced. */
  byUrn(urn: string): Standing[];
  /** How many resources each stack has. */
  count(): Record<string, number>;
  close(): void;
}

/**
 * Opens the inventory of a rehearsal's state folder; an empty one where nothing was ever made.
 *
 * @throws when the folder's `cloud.db` is not a database of the embedded cloud.
 */
export function openInventory(stateDir: string): Inventory {
  const store = new Store(cloudFile(stateDir));
  return {
    standing: (stack) =>
      store
        .all()
        .filter((resource) => stack === undefined || resource.stack === stack)
        .map(describe),
    byUrn: (urn) => store.byUrn(urn).map(describe),
    count: () => store.countByStack(),
    close: () => store.close(),
  };
}

function describe(resource: ReturnType<Store["all"]>[number]): Standing {
  const { urn, stack, type, place, id, inputs, state, acknowledged } = resource;
  return {
    urn,
    stack,
    type,
    name: parseUrn(urn).name,
    package: packageOf(type),
    place,
    id,
    inputs,
    state,
    acknowledged,
  };
}
