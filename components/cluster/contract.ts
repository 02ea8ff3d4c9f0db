import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

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
