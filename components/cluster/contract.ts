import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import type { AnyAwsClusterSpec, AnyGcpClusterSpec } from "./schema.ts";

/** The outputs of a cluster on every cloud. */
export interface ClusterContract {
  readonly cloud: Cloud;
  /** Physical name. */
  readonly clusterName: pulumi.Output<string>;
  /** Minor version of the control plane, for example `1.35`. */
  readonly version: pulumi.Output<string>;
  /** A kubeconfig without long-lived credentials; marked as secret nevertheless. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Identifies the cluster to providers, whatever its address and certificates are. */
  readonly clusterIdentifier: pulumi.Output<string>;
  /** For resources in the cluster. */
  readonly provider: kubernetes.Provider;
}

/** What a cell on AWS needs of its cluster, created or existing. */
export interface AwsClusterOutputs extends ClusterContract, pulumi.Resource {
  readonly cloud: "aws";
  /** The validated settings. `existing` is set for an existing cluster. */
  readonly spec: AnyAwsClusterSpec;
  readonly arn: pulumi.Output<string>;
  /** URL of the API server. */
  readonly endpoint: pulumi.Output<string>;
  /** Base64 of the PEM certificate of the API server's certificate authority. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** URL of the issuer of the service accounts' tokens. */
  readonly oidcIssuer: pulumi.Output<string>;
  /** The security group that EKS creates for the control plane and the nodes. */
  readonly clusterSecurityGroupId: pulumi.Output<string>;
  /** Of the nodes. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
  /** A string that differs for every set of the nodes' subnets. */
  readonly subnetSet: string;
  /** Encrypts the nodes' disks and persistent volumes. */
  readonly volumesKeyArn: pulumi.Input<string>;
  /** What must exist before a node joins. */
  readonly nodesNeed: readonly pulumi.Resource[];
}

/** What a cell on Google Cloud needs of its cluster, created or existing. */
export interface GcpClusterOutputs extends ClusterContract, pulumi.Resource {
  readonly cloud: "gcp";
  /** The validated settings. `existing` is set for an existing cluster. */
  readonly spec: AnyGcpClusterSpec;
  /** A region, or the zone of a zonal cluster. */
  readonly location: string;
  /** URL of the control plane. */
  readonly endpoint: pulumi.Output<string>;
  /** `<project>.svc.id.goog`, for Workload Identity. */
  readonly workloadPool: string;
  readonly nodeServiceAccountEmail: pulumi.Output<string>;
  /** The encryption key of boot disks, for node pools. */
  readonly volumesKey: pulumi.Output<string>;
}
