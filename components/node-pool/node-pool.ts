import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import { AwsNodePools, type AwsNodePoolsArgs } from "./aws.ts";
import { GcpNodePools, type GcpNodePoolsArgs } from "./gcp.ts";
import { OnpremNodePools, type OnpremNodePoolsArgs } from "./onprem.ts";
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

export type NodePools = AwsNodePools | GcpNodePools | OnpremNodePools;

/** The arguments of one cloud's node pools, told apart by `cloud`. */
export type NodePoolsArgs =
  | ({ readonly cloud: "aws" } & AwsNodePoolsArgs)
  | ({ readonly cloud: "gcp" } & GcpNodePoolsArgs)
  | ({ readonly cloud: "onprem" } & OnpremNodePoolsArgs);

/** All node pools of a cluster. */
export function createNodePools(
  name: string,
  args: { readonly cloud: "aws" } & AwsNodePoolsArgs,
  opts?: pulumi.ComponentResourceOptions,
): AwsNodePools;
export function createNodePools(
  name: string,
  args: { readonly cloud: "gcp" } & GcpNodePoolsArgs,
  opts?: pulumi.ComponentResourceOptions,
): GcpNodePools;
export function createNodePools(
  name: string,
  args: { readonly cloud: "onprem" } & OnpremNodePoolsArgs,
  opts?: pulumi.ComponentResourceOptions,
): OnpremNodePools;
export function createNodePools(
  name: string,
  args: NodePoolsArgs,
  opts?: pulumi.ComponentResourceOptions,
): NodePools {
  switch (args.cloud) {
    case "aws":
      return new AwsNodePools(name, args, opts);
    case "gcp":
      return new GcpNodePools(name, args, opts);
    case "onprem":
      return new OnpremNodePools(name, args, opts);
  }
}
