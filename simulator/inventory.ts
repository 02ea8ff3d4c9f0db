/** The deployed resources of a rehearsal, for reports, recovery and tests. Read-only. */
import { cloudFile } from "./cloud.ts";
import { Store } from "./store.ts";
import { packageOf, parseUrn } from "./urn.ts";
import type { Bag } from "./wire.ts";

/** A deployed resource. */
export interface DeployedResource {
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
  /** Whether the engine knows the resource; if not, a run was killed before it got the answer. */
  readonly acknowledged: boolean;
}

export interface Inventory {
  /** All resources, or those of one stack, in the order of creation. */
  resources(stack?: string): DeployedResource[];
  /** The existing resources of a URN, oldest first; two during a replacement. */
  byUrn(urn: string): DeployedResource[];
  /** The number of resources of each stack. */
  count(): Record<string, number>;
  close(): void;
}

/**
 * Opens the inventory of a rehearsal's state folder, which is empty if nothing was ever deployed.
 *
 * @throws when the folder's `cloud.db` is not a database of the embedded cloud.
 */
export function openInventory(stateDir: string): Inventory {
  const store = new Store(cloudFile(stateDir));
  return {
    resources: (stack) =>
      store
        .all()
        .filter((resource) => stack === undefined || resource.stack === stack)
        .map(describe),
    byUrn: (urn) => store.byUrn(urn).map(describe),
    count: () => store.countByStack(),
    close: () => store.close(),
  };
}

function describe(resource: ReturnType<Store["all"]>[number]): DeployedResource {
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
