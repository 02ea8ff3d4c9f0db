/**
 * The planned monthly cost of cells, and the parts of it that tenants have. A plan from list prices and manifests, not a bill. Pure, and
 * linear in the number of tenants for each cost.
 */
import type { CostItem, SplitKey } from "../../components/pricing/item.ts";
import { monthly, type PriceId, priceOf } from "../../components/pricing/prices.ts";
import type { Demand, Resource } from "../../components/tenancy/capacity.ts";
import type { CellCapacity } from "../../footprint/capacity/ledger.ts";
import { split } from "./split.ts";

/** A cell with what it costs. */
export interface CostedCell {
  readonly cell: string;
  readonly items: readonly CostItem[];
  readonly tenants: readonly CostedTenant[];
  readonly capacity: Pick<CellCapacity, "lines">;
  /** The monthly budget of the cell. Undefined without one. */
  readonly budget: Budget | undefined;
}

export interface Budget {
  readonly amount: number;
  readonly currency: string;
}

export interface CostedTenant {
  readonly tenant: string;
  readonly tier: string;
  /** What it is promised of its cell. */
  readonly promised: Demand;
  /** What belongs to it alone. */
  readonly direct: readonly Omit<CostItem, "key">[];
}

/** A cost of a cell, in cents of a month. */
export interface PlannedCost {
  readonly item: string;
  readonly price: PriceId;
  readonly quantity: number;
  readonly cents: number;
  /** How it is split; `direct` is of one tenant. */
  readonly key: SplitKey | "direct";
  /** The tenants' parts, without those of 0. */
  readonly parts: readonly Part[];
  /** What is not allocated to a tenant. With the parts it is the whole. */
  readonly rest: number;
}

export interface Part {
  readonly tenant: string;
  readonly cents: number;
}

export interface PlannedTenant {
  readonly tenant: string;
  readonly tier: string;
  readonly shared: number;
  readonly direct: number;
  readonly total: number;
  /** Its part of the cell's budget, in cents of the budget's currency. Undefined without a budget. */
  readonly budget: number | undefined;
}

export interface CellCost {
  readonly cell: string;
  readonly costs: readonly PlannedCost[];
  readonly tenants: readonly PlannedTenant[];
  /** What is allocated to no tenant: free capacity, and the cell's own use. */
  readonly rest: number;
  readonly restOfBudget: number | undefined;
  readonly total: number;
  readonly budget: Budget | undefined;
}

export function planCost(cell: CostedCell): CellCost {
  const promised = sumOf(cell.tenants.map((tenant) => tenant.promised));
  const costs = [
    ...cell.items.map((item) => planned(item, cell, promised)),
    ...cell.tenants.flatMap(({ tenant, direct }) => direct.map((item) => directCost(tenant, item))),
  ];
  const shared = totals(costs.filter(({ key }) => key !== "direct"));
  const direct = totals(costs.filter(({ key }) => key === "direct"));
  const rest = costs.reduce((sum, cost) => sum + cost.rest, 0);
  const sums = cell.tenants.map(({ tenant }) => {
    const [own = 0, part = 0] = [direct.get(tenant), shared.get(tenant)];
    return { shared: part, direct: own, total: part + own };
  });
  const budget = budgetParts(
    cell.budget,
    sums.map(({ total }) => total),
    rest,
  );
  return {
    cell: cell.cell,
    costs,
    tenants: cell.tenants.map(({ tenant, tier }, index) => ({
      tenant,
      tier,
      ...(sums[index] ?? { shared: 0, direct: 0, total: 0 }),
      budget: budget?.[index],
    })),
    rest,
    restOfBudget: budget?.at(-1),
    total: costs.reduce((sum, cost) => sum + cost.cents, 0),
    budget: cell.budget,
  };
}

function planned(
  { item, price, quantity: given, key, whole }: CostItem,
  { tenants, capacity }: CostedCell,
  promised: Demand,
): PlannedCost {
  const quantity = typeof given === "number" ? given : given(promised);
  const cents = centsOf(price, quantity);
  const weights = tenants.map((tenant) => (key === "equal" ? 1 : (tenant.promised[key] ?? 0)));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const of = key === "equal" ? all : (whole?.(promised) ?? capacityOf(capacity, key) ?? all);
  // More can be promised than there is; then tenants have all of it.
  const shares = split(cents, [...weights, Math.max(0, of - all)]);
  const parts = tenants.flatMap(({ tenant }, index) => {
    const part = shares[index] ?? 0;
    return part === 0 ? [] : [{ tenant, cents: part }];
  });
  const allocated = parts.reduce((sum, part) => sum + part.cents, 0);
  return { item, price, quantity, cents, key, parts, rest: cents - allocated };
}

function directCost(tenant: string, given: Omit<CostItem, "key">): PlannedCost {
  const { item, price } = given;
  const quantity = typeof given.quantity === "number" ? given.quantity : given.quantity({});
  const cents = centsOf(price, quantity);
  return { item, price, quantity, cents, key: "direct", parts: [{ tenant, cents }], rest: 0 };
}

function centsOf(price: PriceId, quantity: number): number {
  return Math.round(100 * monthly(priceOf(price)) * quantity);
}

function capacityOf({ lines }: CostedCell["capacity"], key: Resource): number | undefined {
  return lines.find(({ resource }) => resource === key)?.capacity;
}

/** The budget is split as the planned cost is; what is not allocated comes last. */
function budgetParts(
  budget: Budget | undefined,
  parts: readonly number[],
  rest: number,
): number[] | undefined {
  if (budget === undefined) return undefined;
  const cents = Math.round(budget.amount * 100);
  const shares = split(cents, [...parts, rest]);
  return shares.some((share) => share > 0) ? shares : [...parts.map(() => 0), cents];
}

function totals(costs: readonly PlannedCost[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { parts } of costs) {
    for (const { tenant, cents } of parts) sums.set(tenant, (sums.get(tenant) ?? 0) + cents);
  }
  return sums;
}

function sumOf(demands: readonly Demand[]): Demand {
  const sums: Partial<Record<Resource, number>> = {};
  for (const demand of demands) {
    for (const [name, amount] of Object.entries(demand)) {
      const resource = name as Resource;
      sums[resource] = (sums[resource] ?? 0) + amount;
    }
  }
  return sums;
}
