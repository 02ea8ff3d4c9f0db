import type { Cloud } from "../core/cloud.ts";
import type { Capacity, WorkloadClass } from "./pool-schema.ts";

/** The public facts of one pool. */
export interface NodePool {
  readonly class: WorkloadClass;
  readonly capacity: Capacity;
}

/** The common interface of the node pools on every cloud. */
export interface NodePoolsContract {
  readonly cloud: Cloud;
  /** By key in the manifest. */
  readonly pools: Readonly<Record<string, NodePool>>;
}
