import type * as pulumi from "@pulumi/pulumi";
import { AwsNetwork, type AwsNetworkArgs } from "./aws.ts";
import { GcpNetwork, type GcpNetworkArgs } from "./gcp.ts";
import { OnpremNetwork, type OnpremNetworkArgs } from "./onprem.ts";

export type Network = AwsNetwork | GcpNetwork | OnpremNetwork;

type AwsArgs = { readonly cloud: "aws" } & AwsNetworkArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpNetworkArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremNetworkArgs;

export type NetworkArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/**
 * The network of a cell.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createNetwork(name: string, args: AwsArgs, opts?: Options): AwsNetwork;
export function createNetwork(name: string, args: GcpArgs, opts?: Options): GcpNetwork;
export function createNetwork(name: string, args: OnpremArgs, opts?: Options): OnpremNetwork;
export function createNetwork(name: string, args: NetworkArgs, opts?: Options): Network {
  switch (args.cloud) {
    case "aws":
      return new AwsNetwork(name, args, opts);
    case "gcp":
      return new GcpNetwork(name, args, opts);
    case "onprem":
      return new OnpremNetwork(name, args, opts);
  }
}
