import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { GcpClusterOutputs } from "../cluster/contract.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { tagsOf } from "../core/tags.ts";
import type { NodePool, NodePoolsContract } from "./contract.ts";
import { gcpNodePoolArgs } from "./gcp-args.ts";
import { computeClassSpec, type NodePoolPlan, planNodePools } from "./gcp-plan.ts";
import { storageClassName, volumeParameters } from "./gcp-volumes.ts";
import { priorityClassesOf } from "./priority-classes.ts";
import { type GcpNodePoolsSpec, gcpNodePoolsSpec } from "./schema.ts";

export interface GcpNodePoolsArgs extends ComponentArgs {
  /** `nodePools` of the manifest as `pools`, with project, region, zones and the cluster's version. */
  readonly spec: z.input<typeof gcpNodePoolsSpec>;
  readonly cluster: GcpClusterOutputs;
}

/**
 * The node pools of a GKE cluster. A pool of the manifest becomes one node pool for each type of capacity and machine series. A pool with
 * `spot-with-fallback` also gets a ComputeClass with its name, which tries spot first; pods select it by
 * `cloud.google.com/compute-class: <pool>`. Pods select other pools by `atoll.dev/pool: <pool>`, and must tolerate
 * `cloud.google.com/gke-spot` on spot pools.
 *
 * @example
 * new GcpNodePools("pools", { spec, ownership, cluster });
 */
export class GcpNodePools extends BlueprintComponent implements NodePoolsContract {
  readonly cloud = "gcp";
  readonly pools: Readonly<Record<string, NodePool>>;
  readonly #spec: GcpNodePoolsSpec;

  constructor(name: string, args: GcpNodePoolsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpNodePoolsSpec, args.spec, `node pools "${name}"`);
    super("node-pool", "GcpNodePools", name, args, { spec }, opts);
    this.#spec = spec;
    const plans = planNodePools(spec.pools, spec.zones.length);
    const nodePools = plans.map((plan) => this.#nodePool(plan, args));
    this.#computeClasses(plans, nodePools, args.cluster);
    this.#priorityClasses(args.cluster);
    this.#storageClass(plans, args.cluster);
    this.pools = spec.pools;
    this.registerOutputs({ pools: this.pools });
  }

  #nodePool(plan: NodePoolPlan, { cluster, ownership }: GcpNodePoolsArgs) {
    const pool = this.#spec.pools[plan.pool];
    if (pool === undefined) throw new TypeError(`no pool ${plan.pool}`);
    const planned = gcpNodePoolArgs({
      plan,
      pool,
      place: this.#spec,
      cluster,
      resourceLabels: tagsOf(ownership, "node-pool"),
    });
    return new gcp.container.NodePool(
      this.named(`pool-${plan.key}`),
      planned,
      // Only the initial size: the autoscaler changes it, and another value would replace the node pool.
      this.child({ ignoreChanges: ["initialNodeCount"] }),
    );
  }

  #computeClasses(
    plans: readonly NodePoolPlan[],
    nodePools: readonly gcp.container.NodePool[],
    cluster: GcpClusterOutputs,
  ) {
    for (const [key, pool] of Object.entries(this.#spec.pools)) {
      if (pool.capacity !== "spot-with-fallback") continue;
      const own = plans.filter((plan) => plan.pool === key);
      new kubernetes.apiextensions.CustomResource(
        this.named(`class-${key}`),
        {
          apiVersion: "cloud.google.com/v1",
          kind: "ComputeClass",
          metadata: { name: key },
          spec: computeClassSpec(pool, own),
        },
        this.child({
          provider: cluster.provider,
          dependsOn: nodePools.filter((_, index) => plans[index]?.pool === key),
        }),
      );
    }
  }

  #priorityClasses(cluster: GcpClusterOutputs) {
    for (const [key, { name, ...settings }] of priorityClassesOf(cluster.spec)) {
      new kubernetes.scheduling.v1.PriorityClass(
        this.named(`priority-${key}`),
        { metadata: { name }, ...settings },
        this.child({ provider: cluster.provider }),
      );
    }
  }

  #storageClass(plans: readonly NodePoolPlan[], cluster: GcpClusterOutputs) {
    new kubernetes.storage.v1.StorageClass(
      this.named("volumes"),
      {
        metadata: {
          name: storageClassName,
          // The default class of an existing cluster is its owner's.
          ...(!cluster.spec.existing && {
            annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
          }),
        },
        provisioner: "pd.csi.storage.gke.io",
        // A disk can be attached only in its own zone: wait until the pod is scheduled.
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
        reclaimPolicy: this.retain ? "Retain" : "Delete",
        parameters: {
          ...volumeParameters(this.#spec.version, plans),
          "disk-encryption-kms-key": cluster.volumesKey,
        },
      },
      this.child({ provider: cluster.provider }),
    );
  }
}
