import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** What event sourcing gives on every cloud. */
export interface EventSourcingContract {
  readonly cloud: Cloud;
  /** Where clients of Confluent's registry API find schemas; undefined where the cloud's own registry has another API, or none is made. */
  readonly registryUrl: pulumi.Output<string> | undefined;
}
