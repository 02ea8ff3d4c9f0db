import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import { AwsNetwork, type AwsNetworkArgs } from "./aws.ts";
import { GcpNetwork, type GcpNetworkArgs } from "./gcp.ts";
import { OnpremNetwork, type OnpremNetworkArgs } from "./onprem.ts";
import type { NetworkPlan } from "./plan.ts";

/** What every network has, whatever cloud it stands in. */
export interface NetworkContract {
  readonly cloud: Cloud;
  /** Which addresses are for what; known before anything is deployed. */
  readonly plan: NetworkPlan;
}

export type Network = AwsNetwork | GcpNetwork | OnpremNetwork;

export type NetworkArgs =
  | ({ readonly cloud: "aws" } & AwsNetworkArgs)
  | ({ readonly cloud: "gcp" } & GcpNetworkArgs)
  | ({ readonly cloud: "onprem" } & OnpremNetworkArgs);

/**
 * The network of a cell.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createNetwork(
  name: string,
  args: NetworkArgs,
  opts?: pulumi.ComponentResourceOptions,
): Network {
  switch (args.cloud) {
    case "aws":
      return new AwsNetwork(name, args, opts);
    case "gcp":
      return new GcpNetwork(name, args, opts);
    case "onprem":
      return new OnpremNetwork(name, args, opts);
  }
}
