import type * as pulumi from "@pulumi/pulumi";
import { AwsNodePools, type AwsNodePoolsArgs } from "./aws.ts";
import { GcpNodePools, type GcpNodePoolsArgs } from "./gcp.ts";
import { OnpremNodePools, type OnpremNodePoolsArgs } from "./onprem.ts";

export type NodePools = AwsNodePools | GcpNodePools | OnpremNodePools;

type AwsArgs = { readonly cloud: "aws" } & AwsNodePoolsArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpNodePoolsArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremNodePoolsArgs;

/** The arguments of one cloud's node pools, distinguished by `cloud`. */
export type NodePoolsArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/** All node pools of a cluster. */
export function createNodePools(name: string, args: AwsArgs, opts?: Options): AwsNodePools;
export function createNodePools(name: string, args: GcpArgs, opts?: Options): GcpNodePools;
export function createNodePools(name: string, args: OnpremArgs, opts?: Options): OnpremNodePools;
export function createNodePools(name: string, args: NodePoolsArgs, opts?: Options): NodePools {
  switch (args.cloud) {
    case "aws":
      return new AwsNodePools(name, args, opts);
    case "gcp":
      return new GcpNodePools(name, args, opts);
    case "onprem":
      return new OnpremNodePools(name, args, opts);
  }
}
