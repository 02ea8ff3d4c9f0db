/** GKE node pools and compute classes from the pools of a manifest. Pure. */
import { type Machine, machines } from "./gcp-machines.ts";
import type { GcpPool } from "./gcp-schema.ts";

/** One GKE node pool. */
export interface NodePoolPlan {
  /** `general-spot-n4`: pool, capacity and series. A new series creates a new node pool. */
  readonly key: string;
  /** The pool of the manifest. */
  readonly pool: string;
  readonly spot: boolean;
  readonly machine: Machine;
  /** Nodes in all zones together. */
  readonly min: number;
  readonly max: number;
  /** Initial nodes per zone. */
  readonly initialPerZone: number;
}

/** Spot capacity is per machine series: with two of each architecture, capacity is available more often. */
const spotSeries = 2;

/**
 * The node pools of a pool. On-demand capacity is one node pool. Spot capacity is one for each of the best series. With fallback it is
 * both: spot node pools start at zero, and the on-demand one has the pool's minimum size.
 *
 * Each can grow to the pool's maximum size: any of them must be able to run all pods, and GKE's autoscaler has no limit over several
 * node pools.
 */
export function planNodePools(
  pools: Readonly<Record<string, GcpPool>>,
  zones: number,
): NodePoolPlan[] {
  return Object.entries(pools).flatMap(([key, pool]) => {
    const fitting = machines(pool);
    const { min, max } = pool.size;
    const onDemand = fitting
      .slice(0, 1)
      .map((machine) => planOf(key, machine, false, min, max, zones));
    if (pool.capacity === "on-demand") return onDemand;
    const spot = pool.architectures
      .flatMap((architecture) =>
        fitting.filter((machine) => machine.architecture === architecture).slice(0, spotSeries),
      )
      .map((machine, rank) => {
        const least = pool.capacity === "spot" && rank === 0 ? min : 0;
        return planOf(key, machine, true, least, max, zones);
      });
    return pool.capacity === "spot" ? spot : [...spot, ...onDemand];
  });
}

function planOf(
  pool: string,
  machine: Machine,
  spot: boolean,
  min: number,
  max: number,
  zones: number,
): NodePoolPlan {
  return {
    key: `${pool}-${spot ? "spot" : "ondemand"}-${machine.series}`,
    pool,
    spot,
    machine,
    min,
    max,
    initialPerZone: initialPerZone(min, max, zones),
  };
}

/** Enough nodes per zone for the minimum size, without exceeding the maximum. */
export function initialPerZone(min: number, max: number, zones: number): number {
  const enough = Math.ceil(min / zones);
  return enough * zones <= max ? enough : Math.floor(min / zones);
}

/** `spec` of a ComputeClass, `cloud.google.com/v1`. */
export interface ComputeClassSpec {
  readonly priorities: readonly { readonly nodepools: readonly string[] }[];
  readonly activeMigration: { readonly optimizeRulePriority: boolean };
  readonly autoscalingPolicy: { readonly consolidationDelayMinutes: number };
  readonly nodePoolAutoCreation: { readonly enabled: boolean };
  readonly whenUnsatisfiable: "DoNotScaleUp" | "ScaleUpAnyway";
}

/** Minutes that a node is underused before it is removed. */
const consolidationDelayMinutes = 10;

/**
 * The order in which GKE tries the node pools of a pool: all spot ones, in any order with capacity, then the on-demand one.
 *
 * - Stateless pods move back when spot capacity returns. Jobs stay, because they would lose their work.
 * - No node auto-provisioning: such node pools would be outside the state, its policies and its limits.
 * - Without capacity, pods stay pending instead of using node pools of others.
 */
export function computeClassSpec(pool: GcpPool, plans: readonly NodePoolPlan[]): ComputeClassSpec {
  const named = (spot: boolean) => ({
    nodepools: plans.filter((plan) => plan.spot === spot).map(({ key }) => key),
  });
  return {
    priorities: [named(true), named(false)],
    activeMigration: { optimizeRulePriority: pool.class === "stateless" },
    autoscalingPolicy: { consolidationDelayMinutes },
    nodePoolAutoCreation: { enabled: false },
    whenUnsatisfiable: "DoNotScaleUp",
  };
}
