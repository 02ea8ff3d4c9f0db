/** What tenants take of their cells. Pure. */
import type { TenantSection } from "../../components/section/tenant-section.ts";
import { type Demand, type Resource, resourceNames } from "../../components/tenancy/capacity.ts";
import { inTier, type Tier } from "../../components/tenancy/tier-schema.ts";
import type { TierDemand } from "../capacity/fit.ts";
import type { TenantDemand } from "../capacity/ledger.ts";
import type { Cell, Footprint, PlacedTenant, Tenant, TenantOnCell, TenantSpec } from "../model.ts";
import { planTenant } from "./plan.ts";

/** What each tenant takes of each of its cells. A suspended tenant keeps its place; one that moves takes both. */
export function tenantDemands(tenants: readonly Tenant[]): TenantDemand[] {
  return tenants.flatMap(({ name, on, beside }) =>
    on.map(({ cell, tier, sections }) => ({
      tenant: name,
      cell: cell.name,
      demand: sumOf(
        demandOf(sections),
        demandOf(beside.find((other) => other.cell.name === cell.name)?.sections ?? []),
      ),
      guaranteed: tier.guaranteed,
    })),
  );
}

function sumOf(one: Demand, other: Demand): Demand {
  return Object.fromEntries(
    resourceNames.flatMap((resource) => {
      const sum = (one[resource] ?? 0) + (other[resource] ?? 0);
      return sum === 0 ? [] : [[resource, sum]];
    }),
  );
}

/** The sum of a tenant's sections, without resources of which it has its own. */
export function demandOf(sections: readonly TenantSpec[]): Demand {
  const owned = new Set<Resource>(
    sections.flatMap(({ section, spec }) => section.owns?.(spec as never) ?? []),
  );
  const demands = sections.map(({ section, spec }) => section.demand?.(spec as never) ?? {});
  return Object.fromEntries(
    resourceNames.flatMap((resource) => {
      if (owned.has(resource)) return [];
      const sum = demands.reduce((total, demand) => total + (demand[resource] ?? 0), 0);
      return sum === 0 ? [] : [[resource, sum]];
    }),
  );
}

/** What a tenant of each tier takes of a cell if it has all that the tier gives, with the defaults of a tenant's settings. */
export function tierDemands(
  { environment, cells }: Pick<Footprint, "environment" | "cells">,
  cell: Cell,
  registry: readonly TenantSection[],
): TierDemand[] {
  const tiers = environment.tenancy?.tiers ?? {};
  return Object.entries(tiers).map(([name, tier]) => {
    const on = typical(name, tier, cell, { environment, cells }, registry);
    return { tier: name, demand: demandOf(on?.sections ?? []), guaranteed: tier.guaranteed };
  });
}

/** A tenant without anything in its manifest but sections. Those that need more than defaults, or that the cell lacks, are left out. */
function typical(
  name: string,
  tier: Tier,
  cell: Cell,
  { environment, cells }: Pick<Footprint, "environment" | "cells">,
  registry: readonly TenantSection[],
): TenantOnCell | undefined {
  const sections = Object.fromEntries(
    registry.flatMap((section) => {
      if (inTier(tier, section) === undefined) return [];
      const settings = section.settings.safeParse({});
      return settings.success ? [[section.name, settings.data]] : [];
    }),
  );
  const tenant: PlacedTenant = {
    kind: "tenant",
    environment: environment.name,
    name: "typical",
    stack: `${environment.name}.typical`,
    cells: [cell.name],
    tier: name,
    sections,
    overrides: {},
    frameworks: [],
    tags: {},
    hostnames: [],
    partners: {},
    ring: 1,
    state: "active",
    builds: {},
  };
  const [on] = planTenant(tenant, { environment, cells, registry }, []);
  return on;
}
