import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { Impersonation } from "../provider/credentials.ts";
import type { GcpClusterOutputs } from "./contract.ts";
import { type GcpClusterNetwork, gcpClusterArgs, workloadPool } from "./gcp-args.ts";
import { type ControlPlane, gcpKubeconfig } from "./gcp-kubeconfig.ts";
import { createNodeIdentity } from "./gcp-node-identity.ts";
import { type GcpClusterSpec, gcpClusterSpec } from "./schema.ts";
import { minorOf } from "./versions.ts";

export interface GcpClusterArgs extends ComponentArgs {
  /** `cluster` of the manifest, with `name`, `project`, `region` and `zones` of the cell. */
  readonly spec: z.input<typeof gcpClusterSpec>;
  readonly network: GcpClusterNetwork;
  /**
   * Ids of crypto keys in the cluster's region. GKE's service agent must be allowed to use `clusterSecrets`, Compute Engine's
   * to use `volumes`.
   */
  readonly keys: {
    readonly clusterSecrets: pulumi.Input<string>;
    readonly volumes: pulumi.Input<string>;
  };
  /**
   * The service account that the Kubernetes provider impersonates, as the GCP provider does. @default the identity that runs
   * the stack
   */
  readonly impersonation?: Impersonation | undefined;
}

/**
 * A regional GKE cluster in standard mode, without node pools: private nodes, Dataplane V2, Workload Identity, and a DNS
 * endpoint with IAM for the control plane.
 *
 * @example
 * const cluster = new GcpCluster("cluster", { spec, ownership, network, keys });
 * new kubernetes.core.v1.Namespace("shop", {}, { provider: cluster.provider });
 */
export class GcpCluster extends BlueprintComponent implements GcpClusterOutputs {
  readonly cloud = "gcp";
  readonly clusterName: pulumi.Output<string>;
  readonly version: pulumi.Output<string>;
  readonly location: string;
  /** URL of the control plane. */
  readonly endpoint: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly clusterIdentifier: pulumi.Output<string>;
  readonly provider: kubernetes.Provider;
  /** `<project>.svc.id.goog`, for Workload Identity. */
  readonly workloadPool: string;
  readonly nodeServiceAccountEmail: pulumi.Output<string>;
  /** The encryption key of boot disks, for node pools. */
  readonly volumesKey: pulumi.Output<string>;
  /** The validated settings. */
  readonly spec: GcpClusterSpec;

  constructor(name: string, args: GcpClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpClusterSpec, args.spec, `cluster "${name}"`);
    super("cluster", "GcpCluster", name, args, { spec }, opts);
    this.spec = spec;
    const { account, roles } = createNodeIdentity(spec, {
      named: (key) => this.named(key),
      child: () => this.child(),
    });
    const cluster = this.#cluster(args, account.email, roles);
    const controlPlane = controlPlaneOf(spec, cluster);

    this.clusterName = cluster.name;
    this.location = spec.region;
    this.version = cluster.masterVersion.apply((seen) => minorOf(seen) ?? spec.version);
    this.endpoint = pulumi.interpolate`https://${controlPlane.host}`;
    this.kubeconfig = gcpKubeconfig(cluster.name, controlPlane, args.impersonation);
    this.clusterIdentifier = cluster.id;
    this.provider = new kubernetes.Provider(
      this.named(),
      {
        kubeconfig: this.kubeconfig,
        enableServerSideApply: true,
        // With an explicit identifier, a rotated certificate authority or a switch between the IP and the DNS endpoint does not
        // replace all resources in the cluster.
        clusterIdentifier: this.clusterIdentifier,
      },
      this.child(),
    );
    this.workloadPool = workloadPool(spec.project);
    this.nodeServiceAccountEmail = account.email;
    this.volumesKey = pulumi.output(args.keys.volumes);
    this.registerOutputs({
      clusterName: this.clusterName,
      version: this.version,
      endpoint: this.endpoint,
    });
  }

  #cluster(
    args: GcpClusterArgs,
    nodeServiceAccount: pulumi.Output<string>,
    roles: pulumi.Resource[],
  ) {
    const planned = gcpClusterArgs({
      spec: this.spec,
      network: args.network,
      secretsKey: args.keys.clusterSecrets,
      volumesKey: args.keys.volumes,
      nodeServiceAccount,
      deletionProtection: this.retain,
    });
    return new gcp.container.Cluster(
      this.named(),
      planned,
      this.stateful({
        // Nodes without permission to write logs and metrics do not become healthy.
        dependsOn: roles,
        // They configure the temporary pool. Later GKE returns the values of another pool, and a difference would replace the
        // cluster.
        ignoreChanges: ["nodeConfig", "initialNodeCount"],
      }),
    );
  }
}

/** The DNS endpoint when it is enabled, else the private IP endpoint. */
function controlPlaneOf(spec: GcpClusterSpec, cluster: gcp.container.Cluster): ControlPlane {
  if (!spec.dnsEndpoint.allowExternalTraffic) {
    return {
      host: cluster.endpoint,
      certificateAuthority: cluster.masterAuth.clusterCaCertificate,
    };
  }
  return { host: cluster.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint };
}
