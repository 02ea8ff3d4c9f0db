/** How nodes may be taken away from under their pods: by workload class, and by the hours in which people work. */
import { type BusinessHours, utcWindows } from "../core/schedule.ts";
import type { WorkloadClass } from "./pool-schema.ts";

/** Why a node is taken away of one's own accord. A node that expires or is reclaimed asks nobody. */
export const reasons = ["Underutilized", "Empty", "Drifted"] as const;
export type Reason = (typeof reasons)[number];

/** At most so many nodes of a pool at once, always or from `schedule` (cron, UTC) for `duration`. */
export interface Budget {
  /** A number, or a share such as `10%`. */
  readonly nodes: string;
  /** @default all */
  readonly reasons?: readonly Reason[];
  readonly schedule?: string;
  readonly duration?: string;
}

export interface DisruptionProfile {
  readonly consolidationPolicy: "WhenEmpty" | "WhenEmptyOrUnderutilized";
  /** How long a node is left alone after a pod came or went; never under 5 minutes, or busy pools churn. */
  readonly consolidateAfter: string;
  /** Nodes at once, outside business hours. */
  readonly nodes: string;
  /** The age at which a node is replaced, for the sake of patches. */
  readonly expireAfter: string;
  /** How long a node that has to go waits for its pods, whatever their disruption budgets say. */
  readonly terminationGracePeriod: string;
  /** How long the removal of the whole pool may take: the grace period, and time for EC2 to end the machines. */
  readonly removal: string;
}

/**
 * Stateless pods move at any time. Batch pods would lose their work: only empty nodes go, and an expired one waits a day for
 * its jobs. Stateful pods move one node at a time, rarely, with time to hand over.
 */
export const profiles: Readonly<Record<Exclude<WorkloadClass, "system">, DisruptionProfile>> = {
  stateless: {
    consolidationPolicy: "WhenEmptyOrUnderutilized",
    consolidateAfter: "5m",
    nodes: "10%",
    expireAfter: "336h",
    terminationGracePeriod: "1h",
    removal: "1h30m",
  },
  batch: {
    consolidationPolicy: "WhenEmpty",
    consolidateAfter: "5m",
    nodes: "10%",
    expireAfter: "336h",
    terminationGracePeriod: "24h",
    removal: "24h30m",
  },
  stateful: {
    consolidationPolicy: "WhenEmpty",
    consolidateAfter: "30m",
    nodes: "1",
    expireAfter: "720h",
    terminationGracePeriod: "4h",
    removal: "4h30m",
  },
};

/**
 * The budgets of a pool. The strictest of those in force counts, so a window with 0 nodes closes the pool. Empty nodes may go in
 * business hours too: nobody notices, and they cost.
 */
export function budgets(nodes: string, businessHours?: BusinessHours): Budget[] {
  const closed = businessHours ? utcWindows(businessHours) : [];
  return [
    { nodes },
    ...closed.map(({ schedule, duration }) => ({
      nodes: "0",
      reasons: ["Underutilized", "Drifted"] as const,
      schedule,
      duration,
    })),
  ];
}
