/** The costs of an environment's cells, from its manifests. Pure. */
import type { Cloud } from "../../components/core/cloud.ts";
import type { CostItem } from "../../components/pricing/item.ts";
import type { PriceId } from "../../components/pricing/prices.ts";
import type { Demand, Resource } from "../../components/tenancy/capacity.ts";
import { promiseOf } from "../../footprint/capacity/ledger.ts";
import type { Cell, Footprint, Tenant, TenantOnCell } from "../../footprint/model.ts";
import { specInstances } from "../../footprint/specs/instances.ts";
import { cellCapacities, supplyingCell } from "../../footprint/tenants/capacity.ts";
import { demandOf } from "../../footprint/tenants/demand.ts";
import type { Budget, CostedCell, CostedTenant } from "./plan.ts";

/** What a tenant has alone, by what it demands: each has a price on each cloud. */
const directPrices: Readonly<
  Record<Cloud, Readonly<Partial<Record<Resource, readonly [item: string, price: PriceId]>>>>
> = {
  aws: {
    keys: ["own keys", "aws-key"],
    storageGib: ["volumes", "aws-gp3-gib"],
  },
  gcp: {
    keys: ["own keys", "gcp-key"],
    storageGib: ["volumes", "gcp-disk-gib"],
  },
  onprem: {},
};

/** The cells with their costs and tenants. */
export function costedCells(footprint: Footprint): CostedCell[] {
  const { cells, registry, tenants, environment } = footprint;
  const capacities = new Map(
    cellCapacities(footprint, tenants).map((capacity) => [capacity.cell, capacity]),
  );
  const placed = byCell(tenants);
  return cells.map((cell) => ({
    cell: cell.name,
    items: itemsOf(cell, registry),
    tenants: (placed.get(cell.name) ?? []).map(({ tenant, on }) => costedTenant(tenant, on)),
    capacity: capacities.get(cell.name) ?? { lines: [] },
    budget: budgetOf(environment.budget?.cells[cell.name]),
  }));
}

function itemsOf(cell: Cell, registry: Footprint["registry"]): CostItem[] {
  return specInstances(cell, registry).flatMap(
    ({ section, key, spec }) => section.costs?.(spec as never, supplyingCell(cell, key)) ?? [],
  );
}

interface OnCell {
  readonly tenant: Tenant;
  readonly on: TenantOnCell;
}

function byCell(tenants: readonly Tenant[]): Map<string, OnCell[]> {
  const found = new Map<string, OnCell[]>();
  for (const tenant of tenants) {
    for (const on of tenant.on) {
      const list = found.get(on.cell.name) ?? [];
      list.push({ tenant, on });
      found.set(on.cell.name, list);
    }
  }
  return found;
}

function costedTenant({ name, tier }: Tenant, on: TenantOnCell): CostedTenant {
  const { guaranteed } = on.tier;
  const promised: Demand = Object.fromEntries(
    promiseOf({ demand: demandOf(on.sections), guaranteed }).map((each) => [
      each.resource,
      each.promised,
    ]),
  );
  const prices = directPrices[on.cell.cloud];
  const byDemand = Object.entries(prices).flatMap(([resource, [item, price]]) => {
    const quantity = promised[resource as Resource];
    return quantity === undefined ? [] : [{ item, price, quantity }];
  });
  const own = on.sections.flatMap(
    ({ section, spec }) => section.costs?.(spec as never, on.context) ?? [],
  );
  return { tenant: name, tier, promised, direct: [...byDemand, ...own] };
}

/** The monthly budget of a cell, which the section of budgets has checked. */
function budgetOf(written: Readonly<Record<string, unknown>> | undefined): Budget | undefined {
  const { amount, currency = "USD" } = (written?.monthly ?? {}) as {
    readonly amount?: number;
    readonly currency?: string;
  };
  return amount === undefined ? undefined : { amount, currency };
}
