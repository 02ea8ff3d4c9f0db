import type * as pulumi from "@pulumi/pulumi";
import { AwsCluster, type AwsClusterArgs } from "./aws.ts";
import { GcpCluster, type GcpClusterArgs } from "./gcp.ts";
import { OnpremCluster, type OnpremClusterArgs } from "./onprem.ts";

export type Cluster = AwsCluster | GcpCluster | OnpremCluster;

type AwsArgs = { readonly cloud: "aws" } & AwsClusterArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpClusterArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremClusterArgs;

/** The arguments of one cloud's cluster, distinguished by `cloud`. */
export type ClusterArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/** The cluster of a cell on its cloud. */
export function createCluster(name: string, args: AwsArgs, opts?: Options): AwsCluster;
export function createCluster(name: string, args: GcpArgs, opts?: Options): GcpCluster;
export function createCluster(name: string, args: OnpremArgs, opts?: Options): OnpremCluster;
export function createCluster(name: string, args: ClusterArgs, opts?: Options): Cluster {
  switch (args.cloud) {
    case "aws":
      return new AwsCluster(name, args, opts);
    case "gcp":
      return new GcpCluster(name, args, opts);
    case "onprem":
      return new OnpremCluster(name, args, opts);
  }
}
