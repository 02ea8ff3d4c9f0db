import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import { AwsCluster, type AwsClusterArgs } from "./aws.ts";
import { GcpCluster, type GcpClusterArgs } from "./gcp.ts";
import { OnpremCluster, type OnpremClusterArgs } from "./onprem.ts";

/** What every cluster gives, whatever runs it. */
export interface ClusterContract {
  readonly cloud: Cloud;
  /** Physical name. */
  readonly clusterName: pulumi.Output<string>;
  /** Minor version of the control plane, for example `1.35`. */
  readonly version: pulumi.Output<string>;
  /** A kubeconfig that holds no long-lived credential; secret all the same. */
  readonly kubeconfig: pulumi.Output<string>;
  /** For everything that lives in the cluster. */
  readonly provider: kubernetes.Provider;
}

export type Cluster = AwsCluster | GcpCluster | OnpremCluster;

/** The arguments of one cloud's cluster, told apart by `cloud`. */
export type ClusterArgs =
  | ({ readonly cloud: "aws" } & AwsClusterArgs)
  | ({ readonly cloud: "gcp" } & GcpClusterArgs)
  | ({ readonly cloud: "onprem" } & OnpremClusterArgs);

/** The cluster of a cell on its cloud. */
export function createCluster(
  name: string,
  args: { readonly cloud: "aws" } & AwsClusterArgs,
  opts?: pulumi.ComponentResourceOptions,
): AwsCluster;
export function createCluster(
  name: string,
  args: { readonly cloud: "gcp" } & GcpClusterArgs,
  opts?: pulumi.ComponentResourceOptions,
): GcpCluster;
export function createCluster(
  name: string,
  args: { readonly cloud: "onprem" } & OnpremClusterArgs,
  opts?: pulumi.ComponentResourceOptions,
): OnpremCluster;
export function createCluster(
  name: string,
  args: ClusterArgs,
  opts?: pulumi.ComponentResourceOptions,
): Cluster {
  switch (args.cloud) {
    case "aws":
      return new AwsCluster(name, args, opts);
    case "gcp":
      return new GcpCluster(name, args, opts);
    case "onprem":
      return new OnpremCluster(name, args, opts);
  }
}
