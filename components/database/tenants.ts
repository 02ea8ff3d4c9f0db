/** Whether tenants of a cell have databases in its PostgreSQL. Pure. */
import type { CellContext } from "../section/cell.ts";

/** Whether a tier of the environment has the section `database`, so that a tenant of the cell can have one. */
export function servesTenants({ tiers = {} }: Pick<CellContext, "tiers">): boolean {
  return Object.values(tiers).some(
    (tier) =>
      typeof tier === "object" &&
      tier !== null &&
      "database" in tier &&
      tier.database !== undefined,
  );
}
