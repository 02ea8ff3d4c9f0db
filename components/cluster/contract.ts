import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** The outputs of a cluster on every cloud. */
export interface ClusterContract {
  readonly cloud: Cloud;
  /** Physical name. */
  readonly clusterName: pulumi.Output<string>;
  /** Minor version of the control plane, for example `1.35`. */
  readonly version: pulumi.Output<string>;
  /** A kubeconfig without long-lived credentials; marked as secret nevertheless. */
  readonly kubeconfig: pulumi.Output<string>;
  /** For resources in the cluster. */
  readonly provider: kubernetes.Provider;
}
