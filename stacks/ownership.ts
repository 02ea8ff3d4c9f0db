import type { Ownership } from "../components/core/tags.ts";
import type { Cell, PlacedEnvironment, PlacedTenant } from "../footprint/model.ts";

/** The ownership tags of an environment's own resources. */
export function environmentOwnership(environment: PlacedEnvironment): Ownership {
  const { name, owner, costCentre, dataClass, tags } = environment;
  return { environment: name, owner, costCentre, dataClass, tags };
}

/** The ownership tags of a cell's resources: the environment's unless the cell overrides them. */
export function cellOwnership(environment: PlacedEnvironment, cell: Cell): Ownership {
  return {
    ...environmentOwnership(environment),
    cell: cell.name,
    tags: { ...environment.tags, ...cell.tags },
    ...(cell.owner === undefined ? {} : { owner: cell.owner }),
    ...(cell.costCentre === undefined ? {} : { costCentre: cell.costCentre }),
    ...(cell.dataClass === undefined ? {} : { dataClass: cell.dataClass }),
  };
}

/** The ownership tags of a tenant's resources on a cell: the environment's unless the tenant overrides them. */
export function tenantOwnership(
  environment: PlacedEnvironment,
  cell: Cell,
  tenant: PlacedTenant,
): Ownership {
  return {
    ...environmentOwnership(environment),
    cell: cell.name,
    tenant: tenant.name,
    tags: { ...environment.tags, ...tenant.tags },
    ...(tenant.owner === undefined ? {} : { owner: tenant.owner }),
    ...(tenant.costCentre === undefined ? {} : { costCentre: tenant.costCentre }),
    ...(tenant.dataClass === undefined ? {} : { dataClass: tenant.dataClass }),
  };
}
