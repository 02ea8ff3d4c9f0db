/** A tenant: its place on each of its cells. The program reads its environment, its cells and itself, never another tenant. */
import type { StackRun } from "../../components/core/component.ts";
import type { Footprint, Tenant } from "../../footprint/model.ts";
import type { Pending } from "../outputs/pending.ts";
import { readEnvironment } from "../outputs/read.ts";
import type { TenantOutputs } from "../outputs/tenant.ts";
import { buildOn } from "./cell.ts";

export async function tenantStack(
  { environment }: Footprint,
  tenant: Tenant,
  run: StackRun,
): Promise<Pending<TenantOutputs>> {
  const outputs = await readEnvironment(environment.name);
  const cells: Record<string, Pending<TenantOutputs["cells"][string]>> = {};
  for (const place of tenant.on) {
    const sections = await buildOn({ environment, outputs, tenant, place, run });
    const { cloud, name } = place.cell;
    cells[name] = { cloud, isolation: place.tier.isolation, sections };
  }
  return {
    environment: environment.name,
    tenant: tenant.name,
    tier: tenant.tier,
    state: tenant.state,
    ring: tenant.ring,
    hostnames: tenant.hostnames,
    cells,
    settings: {},
  };
}
