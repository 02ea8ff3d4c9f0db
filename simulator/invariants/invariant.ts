import type { AwsPlace, GcpPlace } from "../place.ts";
import type { Resolved } from "../references/index.ts";
import type { Resource, Store } from "../store.ts";
import type { Bag } from "../wire.ts";

/** A resource that is created or changed. */
export interface Change {
  readonly store: Store;
  readonly type: string;
  readonly place: AwsPlace | GcpPlace;
  readonly inputs: Bag;
  readonly state: Bag;
  readonly references: readonly Resolved[];
  /** In an update, the current resource. */
  readonly previous: Resource | undefined;
}

/** @throws CloudError when the cloud would refuse the change. */
export type Invariant = (change: Change) => void;
