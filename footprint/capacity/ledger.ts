/** What cells have, what they use themselves, and what their tenants are promised. Pure, and linear in the number of tenants. */
import {
  counting,
  type Demand,
  type Resource,
  resourceNames,
  type Supply,
} from "../../components/tenancy/capacity.ts";

/** A cell with its supplies. Plain data. */
export interface CellSupply {
  readonly cell: string;
  /** The account or project, and its region. Undefined on-premises. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly supplies: readonly Supply[];
  /** The most tenants that it takes. Undefined without a limit. */
  readonly most: number | undefined;
}

/** What a tenant needs of a cell. */
export interface TenantDemand {
  readonly tenant: string;
  readonly cell: string;
  readonly demand: Demand;
  /** The share of its quotas that its cell must have free. */
  readonly guaranteed: number;
}

/** The use of one resource: of a cell, or of an account that cells share. */
export interface Line {
  readonly resource: Resource;
  /** The account, or account and region, that it is a quota of. Undefined for a cell's own resource. */
  readonly of: string | undefined;
  /** Undefined if no limit is known. */
  readonly capacity: number | undefined;
  /** What the cells and their services use themselves. */
  readonly own: number;
  /** What tenants are promised: their quotas, or the guaranteed share of them. */
  readonly promised: number;
  /** The quotas of tenants, whole. */
  readonly quota: number;
  /** Undefined if no limit is known; negative if more is promised than there is. */
  readonly left: number | undefined;
  readonly tenants: number;
  /** The tenants that are promised the most, largest first. */
  readonly largest: readonly Share[];
  /** Where the capacity comes from. */
  readonly from: readonly string[];
}

/** What one tenant is promised. */
export interface Share {
  readonly tenant: string;
  readonly promised: number;
}

export interface CellCapacity {
  readonly cell: string;
  readonly tenants: number;
  readonly most: number | undefined;
  readonly lines: readonly Line[];
}

/** How many of the largest tenants a line names. */
const mostNamed = 3;

/** What a tenant is promised, and its quotas, of each resource. */
export function promiseOf({ demand, guaranteed }: Pick<TenantDemand, "demand" | "guaranteed">) {
  return resourceNames.flatMap((resource) => {
    const quota = demandOf(demand, resource);
    if (quota === undefined || quota === 0) return [];
    const promised = counting[resource].overCommitted ? quota * guaranteed : quota;
    return [{ resource, quota, promised }];
  });
}

/** A user of a cache counts in its group and in its region. */
function demandOf(demand: Demand, resource: Resource): number | undefined {
  return resource === "regionCacheUsers"
    ? (demand.regionCacheUsers ?? demand.cacheUsers)
    : demand[resource];
}

/** The capacity of each cell. Tenants on other cells are left out. */
export function capacities(
  cells: readonly CellSupply[],
  tenants: readonly TenantDemand[],
): CellCapacity[] {
  const accounts = new Map<string, Account>();
  const byCell = new Map(cells.map((cell) => [cell.cell, cell]));
  const account = (cell: CellSupply, resource: Resource): Account => {
    const of = placeOf(cell, resource);
    const key = `${of ?? `cell ${cell.cell}`}\n${resource}`;
    const known = accounts.get(key) ?? emptyAccount(resource, of);
    accounts.set(key, known);
    return known;
  };
  for (const cell of cells) {
    for (const supply of cell.supplies) addSupply(account(cell, supply.resource), supply);
  }
  const counts = new Map<string, number>();
  for (const tenant of tenants) {
    const cell = byCell.get(tenant.cell);
    if (cell === undefined) continue;
    counts.set(cell.cell, (counts.get(cell.cell) ?? 0) + 1);
    for (const { resource, quota, promised } of promiseOf(tenant)) {
      addTenant(account(cell, resource), tenant.tenant, quota, promised);
    }
  }
  return cells.map((cell) => ({
    cell: cell.cell,
    tenants: counts.get(cell.cell) ?? 0,
    most: cell.most,
    lines: resourceNames.flatMap((resource) => {
      const of = placeOf(cell, resource);
      const found = accounts.get(`${of ?? `cell ${cell.cell}`}\n${resource}`);
      return found === undefined ? [] : [lineOf(found)];
    }),
  }));
}

/** The account or region that a resource is a quota of. Undefined for a cell's own. */
function placeOf({ account, region }: CellSupply, resource: Resource): string | undefined {
  switch (counting[resource].within) {
    case "cell":
      return undefined;
    case "account":
      return account;
    case "region":
      return account === undefined ? undefined : `${account} in ${region}`;
  }
}

/** Sums of one resource. */
interface Account {
  readonly resource: Resource;
  readonly of: string | undefined;
  has: number | undefined;
  own: number;
  promised: number;
  quota: number;
  tenants: number;
  largest: Share[];
  readonly from: Set<string>;
}

function emptyAccount(resource: Resource, of: string | undefined): Account {
  return {
    resource,
    of,
    has: undefined,
    own: 0,
    promised: 0,
    quota: 0,
    tenants: 0,
    largest: [],
    from: new Set(),
  };
}

function addSupply(account: Account, { has, takes = 0, from }: Supply): void {
  account.own += takes;
  if (has === undefined) return;
  account.from.add(from);
  // Parts of a cell add up. Cells of an account state the same quota, unless only one states that it was raised.
  account.has =
    account.of === undefined ? (account.has ?? 0) + has : Math.max(account.has ?? 0, has);
}

function addTenant(account: Account, tenant: string, quota: number, promised: number): void {
  account.promised += promised;
  account.quota += quota;
  account.tenants += 1;
  const smallest = account.largest.at(-1);
  if (account.largest.length === mostNamed && smallest && smallest.promised >= promised) return;
  account.largest = [...account.largest, { tenant, promised }]
    .sort((one, other) => other.promised - one.promised)
    .slice(0, mostNamed);
}

function lineOf({ has, from, ...sums }: Account): Line {
  const left = has === undefined ? undefined : exact(has - sums.own - sums.promised);
  return { ...sums, capacity: has, left, from: [...from] };
}

/** Without the errors of binary fractions, which would refuse a set of tenants that fits exactly. */
function exact(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
