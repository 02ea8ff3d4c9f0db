/** The capacity of an environment's cells with its tenants. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { purposes } from "../../components/keys/schema.ts";
import type { CheckedSection } from "../../components/section/section.ts";
import type { Demand, Supply } from "../../components/tenancy/capacity.ts";
import { type CellCapacity, type CellSupply, capacities } from "../capacity/ledger.ts";
import { capacityProblems } from "../capacity/problems.ts";
import { configFile } from "../files/config-files.ts";
import type { Cell, Footprint, Tenant } from "../model.ts";
import { specInstances } from "../specs/instances.ts";
import { tenantDemands } from "./demand.ts";

/** What the sections of a cell are asked with about their capacity and costs. */
export function supplyingCell(cell: Cell, key: string | undefined) {
  return { cloud: cell.cloud, key, quotas: cell.specs.tenancy.quotas as Demand };
}

/** The capacity of each cell, with what its tenants take. */
export function cellCapacities(
  { cells, registry, taken }: Pick<Footprint, "cells" | "registry" | "taken">,
  tenants: readonly Tenant[],
): CellCapacity[] {
  const counted = new Set<string>();
  const once = (place: string) => !counted.has(place) && counted.add(place) !== undefined;
  const supplies = cells.map((cell): CellSupply => {
    const sections = specInstances(cell, registry);
    const { most, only } = cell.specs.tenancy;
    return {
      cell: cell.name,
      account: accountOf(cell),
      region: cell.cloud === "onprem" ? undefined : cell.region,
      supplies: [
        ...sections.flatMap(
          ({ section, key, spec }) =>
            section.supply?.(spec as never, supplyingCell(cell, key)) ?? [],
        ),
        ...namespacesOf(sections),
        ...(cell.cloud === "aws" ? ofAccount(cell, taken, once) : []),
      ],
      most: only === undefined ? most : 1,
    };
  });
  return capacities(supplies, tenantDemands(tenants));
}

/** What is counted with the first cell of an account, or of an account's region. */
function ofAccount(
  { account, region }: Cell & { readonly cloud: "aws" },
  taken: Footprint["taken"],
  once: (place: string) => boolean,
): Supply[] {
  const { iamRoles = 0, buckets = 0 } = taken[account] ?? {};
  const from = "environments and cells of the folder";
  return [
    ...(once(account)
      ? [
          { resource: "iamRoles", takes: iamRoles, from } as const,
          { resource: "buckets", takes: buckets, from } as const,
        ]
      : []),
    // An environment has one key for each purpose and the audit archive's in each region.
    ...(once(`${account} ${region}`)
      ? [{ resource: "keys", takes: purposes.length + 1, from: "keys of the environment" } as const]
      : []),
  ];
}

/** `account 111122223333`, `project acme-prod`. Undefined on-premises. */
function accountOf(cell: Cell): string | undefined {
  switch (cell.cloud) {
    case "aws":
      return `account ${cell.account}`;
    case "gcp":
      return `project ${cell.project}`;
    case "onprem":
      return undefined;
  }
}

function namespacesOf(sections: readonly CheckedSection[]): Supply[] {
  const names = new Set(
    sections.flatMap(({ section, spec }) =>
      Object.values(section.namespaces?.(spec as never) ?? {}).filter((name) => name !== undefined),
    ),
  );
  return [{ resource: "namespaces", takes: names.size, from: "services of the cell" }];
}

/** Problems of cells whose tenants do not fit, with paths in the cells' files. */
export function tenantCapacityProblems(
  footprint: Footprint,
  tenants: readonly Tenant[],
): Problem[] {
  const files = new Map(footprint.cells.map(({ name, stack }) => [name, configFile(stack)]));
  return capacityProblems(cellCapacities(footprint, tenants), (cell) => files.get(cell) ?? cell);
}
