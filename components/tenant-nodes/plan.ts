/** The node pool of a tenant. Pure. */
import type { Problem } from "../core/errors.ts";
import type { Isolation } from "../tenancy/isolation.ts";
import { tenantLabel, tenantObject } from "../tenant-namespaces/names.ts";
import type { NodesTier } from "./schema.ts";

/** The key of a tenant's pool: `tenant-acme`. */
export function poolOf(tenant: string): string {
  return tenantObject(tenant);
}

/** The settings of a tenant's own pool; undefined if it shares the nodes of the cell. */
export function poolSettings(
  tenant: string,
  isolation: Isolation,
  { most, vcpus, families, ...shared }: NodesTier,
): Record<string, unknown> | undefined {
  if (isolation !== "silo") return undefined;
  return {
    ...shared,
    size: { min: 0, max: most },
    ...(vcpus && { vcpus }),
    ...(families && { families }),
    labels: { [tenantLabel]: tenant },
    // What keeps the pods of others away. An admission policy keeps the tenant's own pods here.
    taints: { [tenantLabel]: { value: tenant, effect: "NoSchedule" } },
  };
}

/** The pools of a cell, as far as the checks read them. */
type CellPools = Readonly<
  Record<
    string,
    {
      readonly labels: Readonly<Record<string, string>>;
      readonly taints: Readonly<
        Record<string, { readonly value: string; readonly effect: string }>
      >;
    }
  >
>;

/** The name of the tenant's pool must be free. */
export function takenPool(tenant: string, pools: CellPools): Problem[] {
  const pool = poolOf(tenant);
  if (!Object.hasOwn(pools, pool)) return [];
  return [
    {
      path: "pool",
      message: "need a pool whose name is free: the cell must name its own pool differently",
      got: pool,
    },
  ];
}

/** On-premises the site dedicates nodes: a pool of the cell has the label and the taint of the tenant. */
export function dedicatedProblems(tenant: string, pools: CellPools): Problem[] {
  const own = Object.values(pools).some(({ labels, taints }) => {
    const { [tenantLabel]: taint } = taints;
    return (
      labels[tenantLabel] === tenant && taint?.value === tenant && taint.effect === "NoSchedule"
    );
  });
  if (own) return [];
  return [
    {
      path: "pool",
      message: `need nodes of the site for this tenant alone: a pool of the cell must have the label ${tenantLabel}: ${tenant} and the taint ${tenantLabel}: {value: ${tenant}, effect: NoSchedule}`,
    },
  ];
}
