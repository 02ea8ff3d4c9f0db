/** How many more tenants fit on a cell. Pure. */
import type { Demand, Resource } from "../../components/tenancy/capacity.ts";
import { type CellCapacity, promiseOf } from "./ledger.ts";

/** What a tenant of a tier takes. */
export interface TierDemand {
  readonly tier: string;
  readonly demand: Demand;
  readonly guaranteed: number;
}

export interface Fit {
  readonly tier: string;
  /** Undefined if nothing limits them. */
  readonly more: number | undefined;
  /** What ends it: a resource, or the most tenants that the cell takes. */
  readonly endedBy: Resource | "most" | undefined;
}

/** How many more tenants of a tier alone fit. */
export function fitOf(
  { lines, tenants, most }: CellCapacity,
  { tier, demand, guaranteed }: TierDemand,
): Fit {
  const bounds: { readonly more: number; readonly endedBy: Resource | "most" }[] = promiseOf({
    demand,
    guaranteed,
  }).flatMap(({ resource, promised }) => {
    const left = lines.find((line) => line.resource === resource)?.left;
    if (left === undefined) return [];
    // Binary fractions must not cost a tenant that fits exactly.
    return [{ more: Math.max(0, Math.floor(left / promised + 1e-9)), endedBy: resource }];
  });
  if (most !== undefined) bounds.push({ more: Math.max(0, most - tenants), endedBy: "most" });
  const [first, ...others] = bounds;
  if (first === undefined) return { tier, more: undefined, endedBy: undefined };
  return {
    tier,
    ...others.reduce((least, next) => (next.more < least.more ? next : least), first),
  };
}
