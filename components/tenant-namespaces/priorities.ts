/** How tiers are served: the priority of their pods, and their share of the API server. Pure. */
import type { TierPriority } from "../tenancy/tier-schema.ts";

/**
 * Values of priority classes: above batch (100,000) and below the cell's own services (500,000), so that no tenant preempts what all
 * tenants need. See components/node-pool/priority-classes.ts.
 */
export const podPriority: Readonly<Record<TierPriority, number>> = {
  low: 300_000,
  standard: 400_000,
  high: 450_000,
};

/** Shares of the API server's concurrency. Kubernetes gives "workload-low" 100, "workload-high" 40, and "leader-election" 10. */
export const requestShares: Readonly<Record<TierPriority, number>> = {
  low: 10,
  standard: 20,
  high: 40,
};
