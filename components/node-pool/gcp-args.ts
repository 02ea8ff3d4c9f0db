/** The arguments of a GKE node pool. Pure. */
import type * as gcp from "@pulumi/gcp";
import type { GcpClusterOutputs } from "../cluster/contract.ts";
import { nodeScopes } from "../cluster/gcp-args.ts";
import type { NodePoolPlan } from "./gcp-plan.ts";
import type { GcpPool } from "./gcp-schema.ts";
import { nodeLabels } from "./labels.ts";
import type { TaintEffect } from "./pool-schema.ts";
import type { GcpNodePoolsSpec } from "./schema.ts";

/** Label and taint that assign a node pool to a ComputeClass. Pods that select the class get the toleration automatically. */
export const computeClassLabel = "cloud.google.com/compute-class";
/** GKE's label of spot nodes. As a taint, it repels pods without a toleration. */
const spotTaint = "cloud.google.com/gke-spot";

const effects: Readonly<Record<TaintEffect, string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

/** Inputs of a node pool in addition to its plan. */
export interface GcpNodePoolParts {
  readonly plan: NodePoolPlan;
  readonly pool: GcpPool;
  readonly place: Pick<GcpNodePoolsSpec, "project" | "region" | "zones">;
  readonly cluster: Pick<
    GcpClusterOutputs,
    "clusterName" | "location" | "nodeServiceAccountEmail" | "volumesKey"
  >;
  /** Labels of VMs and disks. */
  readonly resourceLabels: Record<string, string>;
}

export function gcpNodePoolArgs(parts: GcpNodePoolParts): gcp.container.NodePoolArgs {
  const { plan, place, cluster } = parts;
  return {
    name: plan.key,
    project: place.project,
    cluster: cluster.clusterName,
    location: cluster.location,
    nodeLocations: place.zones,
    initialNodeCount: plan.initialPerZone,
    autoscaling: {
      totalMinNodeCount: plan.min,
      totalMaxNodeCount: plan.max,
      // Spot: any zone with capacity. Others: balanced, to limit the effect of a zone failure.
      locationPolicy: plan.spot ? "ANY" : "BALANCED",
    },
    management: { autoRepair: true, autoUpgrade: true },
    upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
    networkConfig: { enablePrivateNodes: true },
    nodeConfig: nodeConfig(parts),
  };
}

function nodeConfig({ plan, pool, cluster, resourceLabels }: GcpNodePoolParts) {
  const { machine } = plan;
  return {
    machineType: machine.type,
    spot: plan.spot,
    imageType: "COS_CONTAINERD",
    diskType: machine.disk,
    diskSizeGb: pool.diskGiB,
    bootDiskKmsKey: cluster.volumesKey,
    serviceAccount: cluster.nodeServiceAccountEmail,
    oauthScopes: nodeScopes,
    labels: labelsOf(plan, pool),
    taints: taintsOf(plan, pool),
    // The pool's images support its architectures, so GKE's taint on Arm nodes is not needed.
    ...(machine.architecture === "arm64"
      ? { taintConfig: { architectureTaintBehavior: "NONE" } }
      : {}),
    ...(pool.networkTags.length > 0 ? { tags: pool.networkTags } : {}),
    resourceLabels,
    // GKE also sets it. Without it here, there would be a diff.
    metadata: { "disable-legacy-endpoints": "true" },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    kubeletConfig: { cpuCfsQuota: true, insecureKubeletReadonlyPortEnabled: "FALSE" },
    gvnic: { enabled: true },
    ...(pool.confidential && machine.confidential
      ? {
          confidentialNodes: { enabled: true, confidentialInstanceType: machine.confidential },
        }
      : {}),
  } satisfies gcp.container.NodePoolArgs["nodeConfig"];
}

function labelsOf(plan: NodePoolPlan, pool: GcpPool): Record<string, string> {
  const labels = nodeLabels(plan.pool, pool);
  return pool.capacity === "spot-with-fallback"
    ? { ...labels, [computeClassLabel]: plan.pool }
    : labels;
}

function taintsOf(plan: NodePoolPlan, pool: GcpPool) {
  const own = Object.entries(pool.taints).map(([key, { value, effect }]) => ({
    key,
    value,
    effect: effects[effect],
  }));
  switch (pool.capacity) {
    case "on-demand":
      return own;
    case "spot":
      return [...own, { key: spotTaint, value: "true", effect: effects.NoSchedule }];
    case "spot-with-fallback":
      return [...own, { key: computeClassLabel, value: plan.pool, effect: effects.NoSchedule }];
  }
}
