import type { BusinessHours } from "../core/schedule.ts";
import { type InstanceChoice, instanceRequirements } from "./aws-instances.ts";
import { nodeClassKind } from "./aws-node-class.ts";
import { budgets, profiles } from "./disruption.ts";
import { nodeLabels } from "./labels.ts";
import type { Capacity, TaintEffect, WorkloadClass } from "./pool-schema.ts";

/** API version and kind of Karpenter's NodePool. */
export const nodePoolKind = { apiVersion: "karpenter.sh/v1", kind: "NodePool" } as const;

/** A pool of the manifest whose nodes Karpenter provisions. */
export interface KarpenterPool extends InstanceChoice {
  readonly class: Exclude<WorkloadClass, "system">;
  readonly capacity: Capacity;
  readonly size: { readonly max: number };
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: Readonly<
    Record<string, { readonly value: string; readonly effect: TaintEffect }>
  >;
  readonly businessHours?: BusinessHours | undefined;
}

/** With both, Karpenter prefers spot capacity, and uses on-demand capacity only if none is available. */
const capacityTypes: Readonly<Record<Capacity, readonly string[]>> = {
  spot: ["spot"],
  "spot-with-fallback": ["spot", "on-demand"],
  "on-demand": ["on-demand"],
};

/** Pods that match several pools use the cheapest: Karpenter tries the highest weight first. */
const weights: Readonly<Record<Capacity, number>> = {
  spot: 30,
  "spot-with-fallback": 20,
  "on-demand": 10,
};

/** `spec` of the NodePool for one pool of the manifest. */
export function nodePoolSpec(key: string, pool: KarpenterPool, nodeClass: string) {
  const profile = profiles[pool.class];
  const [group] = nodeClassKind.apiVersion.split("/");
  return {
    template: {
      metadata: { labels: nodeLabels(key, pool) },
      spec: {
        nodeClassRef: { group, kind: nodeClassKind.kind, name: nodeClass },
        requirements: [
          {
            key: "karpenter.sh/capacity-type",
            operator: "In",
            values: capacityTypes[pool.capacity],
          },
          ...instanceRequirements(pool),
        ],
        taints: Object.entries(pool.taints).map(([taint, { value, effect }]) => ({
          key: taint,
          // The CRD does not allow an empty value.
          ...(value === "" ? {} : { value }),
          effect,
        })),
        startupTaints: pool.class === "stateful" ? [volumesNotReady] : [],
        expireAfter: profile.expireAfter,
        terminationGracePeriod: profile.terminationGracePeriod,
      },
    },
    disruption: {
      consolidationPolicy: profile.consolidationPolicy,
      consolidateAfter: profile.consolidateAfter,
      budgets: budgets(profile.nodes, pool.businessHours),
    },
    limits: { nodes: String(pool.size.max), cpu: String(pool.size.max * pool.vcpus.max) },
    weight: weights[pool.capacity],
  };
}

/** The EBS CSI driver removes it when it can attach volumes. Until then no pods are scheduled. */
const volumesNotReady = { key: "ebs.csi.aws.com/agent-not-ready", effect: "NoExecute" } as const;
