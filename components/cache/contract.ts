import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** What every Valkey cache gives, whoever runs it. Clients always need TLS. */
export interface CacheContract {
  readonly cloud: Cloud;
  /** Host that takes writes, or where a cluster's client begins. */
  readonly endpoint: pulumi.Output<string>;
  readonly port: number;
  /** Whether clients have to speak the cluster protocol. */
  readonly clustered: boolean;
  /** GiB of data that fit before keys are evicted. */
  readonly dataGiB: number;
  /** What follows when a primary is lost: a replica takes over, or its pod starts again from its volume. */
  readonly failover: "automatic" | "restart";
}
