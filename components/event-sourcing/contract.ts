import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** The outputs of event sourcing on every cloud. */
export interface EventSourcingContract {
  readonly cloud: Cloud;
  /** URL of a registry with Confluent's API; undefined when the cloud's registry has another API, or there is none. */
  readonly registryUrl: pulumi.Output<string> | undefined;
}
