import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { found, refuseUnsuitable } from "../core/existing.ts";
import { parseSpec } from "../core/spec.ts";
import type { Impersonation } from "../provider/credentials.ts";
import type { GcpClusterOutputs } from "./contract.ts";
import { type GcpClusterFacts, type GkeFacts, gcpClusterProblems } from "./gcp-existing-checks.ts";
import {
  type GcpExistingClusterSpec,
  gcpExistingClusterSpec,
  locationOf,
} from "./gcp-existing-schema.ts";
import { type ControlPlane, gcpKubeconfig } from "./gcp-kubeconfig.ts";
import { createNodeIdentity } from "./gcp-node-identity.ts";
import { minorOf } from "./versions.ts";

export interface GcpExistingClusterArgs extends ComponentArgs {
  /** `cluster` of the cell's manifest with the facts of the cell. */
  readonly spec: z.input<typeof gcpExistingClusterSpec>;
  /** The result of `lookUpGcpCluster()`. */
  readonly facts: GcpClusterFacts;
  readonly keys: {
    /** Id of the crypto key of boot disks, in the cluster's region. */
    readonly volumes: pulumi.Input<string>;
  };
  /**
   * The service account that the Kubernetes provider impersonates, as the GCP provider does. @default the identity that runs
   * the stack
   */
  readonly impersonation?: Impersonation | undefined;
}

/**
 * An existing GKE cluster. One that does not meet the requirements of a cell is refused, also in previews, before anything is
 * created in it. Only a service account for the nodes that Atoll adds is created.
 *
 * @example
 * const facts = await lookUpGcpCluster(spec, { provider });
 * const cluster = new GcpExistingCluster("cluster", { spec, facts, keys, ownership }, { providers: { gcp: provider } });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class GcpExistingCluster extends BlueprintComponent implements GcpClusterOutputs {
  readonly cloud = "gcp";
  readonly spec: GcpExistingClusterSpec;
  readonly clusterName: pulumi.Output<string>;
  readonly location: string;
  readonly version: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly clusterIdentifier: pulumi.Output<string>;
  readonly provider: kubernetes.Provider;
  readonly workloadPool: string;
  readonly nodeServiceAccountEmail: pulumi.Output<string>;
  readonly volumesKey: pulumi.Output<string>;

  constructor(name: string, args: GcpExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpExistingClusterSpec, args.spec, `cluster "${name}"`);
    refuseUnsuitable(`GKE cluster ${spec.existing.name}`, gcpClusterProblems(spec, args.facts));
    // Another cell does not change this one.
    const { usedBy, ...recorded } = spec;
    super("cluster", "GcpExistingCluster", name, args, { spec: recorded }, opts);
    this.spec = spec;
    const { account } = createNodeIdentity(spec, {
      named: (key) => this.named(key),
      child: () => this.child(),
    });
    const seen = found(args.facts.cluster);
    const controlPlane = controlPlaneOf(seen);
    this.clusterName = pulumi.output(spec.existing.name);
    this.location = locationOf(spec);
    this.version = pulumi.output(minorOf(seen.version) ?? spec.version);
    this.endpoint = pulumi.interpolate`https://${controlPlane.host}`;
    this.kubeconfig = gcpKubeconfig(spec.existing.name, controlPlane, args.impersonation);
    this.clusterIdentifier = pulumi.output(
      `projects/${spec.project}/locations/${this.location}/clusters/${spec.existing.name}`,
    );
    this.provider = new kubernetes.Provider(
      this.named(),
      {
        kubeconfig: this.kubeconfig,
        enableServerSideApply: true,
        clusterIdentifier: this.clusterIdentifier,
      },
      this.child(),
    );
    this.workloadPool = seen.workloadPool;
    this.nodeServiceAccountEmail = account.email;
    this.volumesKey = pulumi.output(args.keys.volumes);
    this.registerOutputs({
      clusterName: this.clusterName,
      version: this.version,
      endpoint: this.endpoint,
    });
  }
}

/** The DNS endpoint when it is enabled, else the IP endpoint. */
function controlPlaneOf({ dnsEndpoint, ipEndpoint, certificateAuthority }: GkeFacts): ControlPlane {
  return dnsEndpoint === undefined
    ? { host: ipEndpoint, certificateAuthority }
    : { host: dnsEndpoint };
}
