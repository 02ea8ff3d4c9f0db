import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { ClusterContract } from "./contract.ts";
import {
  apiServerPorts,
  defaultClasses,
  type Inspection,
  neededLabels,
} from "./onprem-placement.ts";
import { podsOf } from "./onprem-pods.ts";
import { capabilityApis, networkPolicyApis } from "./onprem-schema.ts";
import { observedVersion } from "./onprem-suitability.ts";
import { type OnpremClusterSpec, onpremClusterSpec } from "./schema.ts";

export interface OnpremClusterArgs extends ComponentArgs {
  /** `cluster` of the manifest, with the cell's `name` and the `nodes` of its pools. */
  readonly spec: z.input<typeof onpremClusterSpec>;
  /** The kubeconfig of an administrator of the cluster. */
  readonly kubeconfig: pulumi.Input<string>;
}

/**
 * An existing Kubernetes cluster. Every deployment inspects it through the provider `<name>-inspect`; the output kubeconfig
 * depends on the result. So a cluster that does not meet the manifest blocks all resources in it.
 *
 * @example
 * const cluster = new OnpremCluster("cluster", { spec, ownership, kubeconfig });
 * new kubernetes.core.v1.Namespace("shop", {}, { provider: cluster.provider });
 *
 * @throws BlueprintError `cluster-unsuitable`
 */
export class OnpremCluster extends BlueprintComponent implements ClusterContract {
  readonly cloud = "onprem";
  readonly clusterName: pulumi.Output<string>;
  /** Minor version of its newest node. */
  readonly version: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly clusterIdentifier: pulumi.Output<string>;
  readonly provider: kubernetes.Provider;
  /** Ports of the API server, for network policies. */
  readonly apiServerPorts: pulumi.Output<number[]>;
  /** Full name of the fleet membership; undefined without a fleet. */
  readonly membership: pulumi.Output<string> | undefined;
  /** The validated settings. */
  readonly spec: OnpremClusterSpec;

  constructor(name: string, args: OnpremClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremClusterSpec, args.spec, `cluster "${name}"`);
    super("cluster", "OnpremCluster", name, args, { spec }, opts);
    this.spec = spec;
    this.clusterName = pulumi.output(spec.name);
    const inspector = new kubernetes.Provider(
      this.named("inspect"),
      // It only reads: a new address or certificate in the kubeconfig is no reason to replace what it has read.
      { kubeconfig: pulumi.secret(args.kubeconfig), clusterIdentifier: spec.name },
      this.child(),
    );
    const inspection = {
      named: (key: string) => this.named(key),
      options: { parent: this, provider: inspector },
    };
    this.version = this.#inspect(inspection);
    this.apiServerPorts = apiServerPorts(spec, inspection);
    this.kubeconfig = pulumi.secret(
      pulumi.all([args.kubeconfig, this.version]).apply(([kubeconfig]) => kubeconfig),
    );
    this.clusterIdentifier = this.#identity(inspector);
    this.provider = new kubernetes.Provider(
      this.named(),
      {
        kubeconfig: this.kubeconfig,
        enableServerSideApply: true,
        clusterIdentifier: this.clusterIdentifier,
      },
      this.child(),
    );
    this.membership = this.#register();
    this.registerOutputs({ clusterName: this.clusterName, version: this.version });
  }

  /**
   * The UID of the namespace kube-system, by which Kubernetes tools identify a cluster: it stays the same when the kubeconfig's
   * address, certificates, proxy or names change, and a rebuilt cluster has another one.
   */
  #identity(provider: kubernetes.Provider): pulumi.Output<string> {
    const { metadata } = kubernetes.core.v1.Namespace.get(
      this.named("kube-system"),
      "kube-system",
      { parent: this, provider },
    );
    return metadata.uid;
  }

  /** The observed version; the output fails when the cluster is not suitable. */
  #inspect(inspection: Inspection): pulumi.Output<string> {
    const { spec } = this;
    const { options } = inspection;
    const nodes = spec.nodes.map((node) => ({
      node,
      found: kubernetes.core.v1.Node.get(this.named(`node-${node}`), node, options),
    }));
    const kubeletVersions = Object.fromEntries(
      nodes.map(({ node, found }) => [
        node,
        found.status.apply((seen) => seen?.nodeInfo?.kubeletVersion),
      ]),
    );
    const missingLabels = Object.fromEntries(
      nodes.map(({ node, found }) => [
        node,
        found.metadata.apply(({ labels = {} }) =>
          neededLabels(spec, node).filter((label) => !labels[label]),
        ),
      ]),
    );
    const pods = Object.fromEntries(
      nodes.map(({ node, found }) => [
        node,
        pulumi
          .all([found.spec, found.status])
          .apply(([ranges, status]) => podsOf(ranges, status?.allocatable)),
      ]),
    );
    const apis = Object.fromEntries(
      neededApis(spec).map((api) => {
        const { status } = kubernetes.apiregistration.v1.APIService.get(
          this.named(`api-${api}`),
          api,
          options,
        );
        return [api, status.apply((seen) => isAvailable(seen?.conditions))];
      }),
    );
    return pulumi
      .output({
        kubeletVersions,
        apis,
        missingLabels,
        pods,
        defaultClasses: defaultClasses(spec, inspection),
      })
      .apply((facts) => observedVersion(`cluster "${this.named()}"`, spec, facts));
  }

  #register(): pulumi.Output<string> | undefined {
    const { fleet } = this.spec;
    if (!fleet) return undefined;
    const membership = new gcp.gkehub.Membership(
      this.named("fleet"),
      {
        project: fleet.project,
        location: fleet.location,
        // Through the version, so that an unsuitable cluster is not registered either.
        membershipId: this.version.apply(() => fleet.membership),
        authority: { issuer: fleet.issuer },
      },
      this.child(),
    );
    return membership.name;
  }
}

function neededApis({ capabilities, networkPolicy }: OnpremClusterSpec): string[] {
  return [
    ...capabilities.map((capability) => capabilityApis[capability]),
    ...(networkPolicy === undefined ? [] : [networkPolicyApis[networkPolicy]]),
  ];
}

/** The API server also lists extension APIs that are not available. */
function isAvailable(
  conditions: readonly { readonly type?: string; readonly status?: string }[] | undefined,
): boolean {
  return (conditions ?? []).some(({ type, status }) => type === "Available" && status === "True");
}
