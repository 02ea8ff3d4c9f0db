/** The quotas of a cell's account, and what its own workloads take of its capacity. Pure. */
import type { SupplyingCell } from "../section/section.ts";
import { counting, type Demand, type Resource, resourceNames, type Supply } from "./capacity.ts";
import { quotaOf } from "./quotas.ts";
import type { CellTenancySpec } from "./schema.ts";

/** Default quotas of AWS accounts. Google Cloud publishes none for the same; there only raised ones are limits. */
const ofAccounts = [
  "iamRoles",
  "keys",
  "kmsRequests",
  "buckets",
  "regionCacheUsers",
  "storageGib",
] as const satisfies readonly Resource[];

export function tenancySupply(
  { own }: CellTenancySpec,
  { cloud, quotas }: SupplyingCell,
): Supply[] {
  const taken = own as Demand;
  return [
    ...(cloud === "aws" ? ofAccounts.map((resource) => quotaOf(resource, quotas)) : []),
    ...resourceNames.flatMap((resource): Supply[] => {
      const { [resource]: raised } = quotas;
      if (cloud === "aws" || raised === undefined || counting[resource].within === "cell")
        return [];
      return [{ resource, has: raised, from: `tenancy.quotas.${resource}` }];
    }),
    ...resourceNames.flatMap((resource): Supply[] => {
      const { [resource]: takes } = taken;
      return takes === undefined ? [] : [{ resource, takes, from: `tenancy.own.${resource}` }];
    }),
  ];
}
