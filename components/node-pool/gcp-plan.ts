/** Pure: from the pools of a manifest to the node pools and compute classes of GKE. */
import { type Machine, machines } from "./gcp-machines.ts";
import type { GcpPool } from "./gcp-schema.ts";

/** One node pool of GKE. */
export interface NodePoolPlan {
  /** `general-spot-n4`: what it is for, how it is paid for, what it is made of; a new series makes a new node pool. */
  readonly key: string;
  /** The pool of the manifest. */
  readonly pool: string;
  readonly spot: boolean;
  readonly machine: Machine;
  /** Nodes in all zones together. */
  readonly min: number;
  readonly max: number;
  /** Nodes a zone at the beginning. */
  readonly initialPerZone: number;
}

/** Spot capacity runs out by machine series: with two of each architecture, one of them has room more often. */
const spotSeries = 2;

/**
 * The node pools that a pool becomes. On-demand capacity is one node pool. Spot capacity is one for each of the best series.
 * With fallback it is both: spot from nothing, and the on-demand one holds the pool's least size.
 *
 * Each may grow to the pool's largest size: any one of them has to be able to take all of it, and GKE's autoscaler knows no
 * limit over several node pools.
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

/** As many a zone as reach the least size, unless that went beyond the largest. */
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

/** Minutes that a node stays underused before it goes. */
const consolidationDelayMinutes = 10;

/**
 * The order in which GKE tries the node pools of a pool: all spot ones, in whatever order has capacity, then the on-demand one.
 *
 * - Stateless pods move back when spot capacity returns; jobs would lose their work and stay.
 * - GKE creates no node pools by itself: they would stand outside the state, its policies and its limits.
 * - When neither has capacity, pods wait, rather than take node pools that are kept for others.
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
