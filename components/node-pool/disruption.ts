/** Disruption of nodes, by workload class and business hours. */
import { type BusinessHours, utcWindows } from "../core/schedule.ts";
import type { WorkloadClass } from "./pool-schema.ts";

/** Reasons for voluntary disruption. Budgets do not apply to expiration and interruption. */
export const reasons = ["Underutilized", "Empty", "Drifted"] as const;
export type Reason = (typeof reasons)[number];

/** The maximum number of nodes of a pool at once, always or from `schedule` (cron, UTC) for `duration`. */
export interface Budget {
  /** A number, or a percentage such as `10%`. */
  readonly nodes: string;
  /** @default all */
  readonly reasons?: readonly Reason[];
  readonly schedule?: string;
  readonly duration?: string;
}

export interface DisruptionProfile {
  readonly consolidationPolicy: "WhenEmpty" | "WhenEmptyOrUnderutilized";
  /** How long a node stays after the last pod change. At least 5 minutes, to avoid churn in busy pools. */
  readonly consolidateAfter: string;
  /** Maximum nodes at once, outside business hours. */
  readonly nodes: string;
  /** The age at which a node is replaced, for patches. */
  readonly expireAfter: string;
  /** The maximum drain time of a node, regardless of PodDisruptionBudgets. */
  readonly terminationGracePeriod: string;
  /** The timeout for the deletion of the whole pool: the grace period, and time for EC2 to terminate instances. */
  readonly removal: string;
}

/**
 * Stateless pods can move at any time. Batch pods would lose their work: only empty nodes are removed, and an expired node waits a day
 * for its jobs. Stateful pods move rarely, one node at a time, with time to hand over.
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
 * The disruption budgets of a pool. The strictest active one applies, so a window with 0 nodes blocks disruption. Empty nodes can be
 * removed in business hours too, to save costs.
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
