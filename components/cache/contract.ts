import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** The outputs of a Valkey cache on every cloud. Clients always need TLS. */
export interface CacheContract {
  readonly cloud: Cloud;
  /** Host for writes, or the configuration endpoint of a cluster. */
  readonly endpoint: pulumi.Output<string>;
  readonly port: number;
  /** Whether clients must use the cluster protocol. */
  readonly clustered: boolean;
  /** GiB of data that fit before keys are evicted. */
  readonly dataGiB: number;
  /** What happens when a primary fails: a replica takes over, or its pod restarts from its volume. */
  readonly failover: "automatic" | "restart";
}
