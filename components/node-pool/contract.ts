import type { Cloud } from "../core/cloud.ts";
import type { Capacity, WorkloadClass } from "./pool-schema.ts";

/** One pool as others see it. */
export interface NodePool {
  readonly class: WorkloadClass;
  readonly capacity: Capacity;
}

/** What the node pools of every cluster give, whatever runs it. */
export interface NodePoolsContract {
  readonly cloud: Cloud;
  /** By the keys of the manifest. */
  readonly pools: Readonly<Record<string, NodePool>>;
}
