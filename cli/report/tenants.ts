/** The deployed tenants, from the outputs of their stacks: one line each. */
import type { TenantOutputs } from "../../stacks/outputs/tenant.ts";
import { table } from "./table.ts";

/** A tenant's stack. */
interface DeployedTenant {
  readonly stack: string;
  readonly resources: number;
  readonly tenant?: Partial<TenantOutputs>;
}

/** More would push the rest of a report off the screen; `atoll tenant list` has all. */
const mostShown = 20;

/** @param most how many lines. @default 20 */
export function tenantsTable(tenants: readonly DeployedTenant[], most = mostShown): string {
  const rows = tenants.slice(0, most).map(({ stack, resources, tenant = {} }) => {
    const cells = Object.entries(tenant.cells ?? {});
    const [, first] = cells[0] ?? [];
    const { tier = "", state = "" } = tenant;
    return [
      stack,
      state === "suspended" ? `${tier}, suspended` : tier,
      cells.map(([cell]) => cell).join(", "),
      Object.keys(first?.sections ?? {}).join(", "),
      resources,
    ];
  });
  const more = tenants.length - rows.length;
  const lines = table(["tenant", "tier", "cell", "has", "resources"], rows);
  return more === 0 ? lines : `${lines}\nand ${more} more: npx atoll tenant list`;
}
