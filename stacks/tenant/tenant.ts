/** A tenant: its place on each of its cells. The program reads its environment, its cell and itself, never another tenant. */
import type { StackRun } from "../../components/core/component.ts";
import type { Footprint, Tenant } from "../../footprint/model.ts";
import { buildOf, leftBy } from "../../footprint/tenants/moving.ts";
import type { Pending } from "../outputs/pending.ts";
import { readEnvironment } from "../outputs/read.ts";
import type { TenantOutputs } from "../outputs/tenant.ts";
import { buildOn, openPlace } from "./cell.ts";
import { refuseUnmoved } from "./unmoved.ts";

export async function tenantStack(
  { environment }: Footprint,
  tenant: Tenant,
  run: StackRun,
): Promise<Pending<TenantOutputs>> {
  await refuseUnmoved(tenant);
  const outputs = await readEnvironment(environment.name);
  const cells: Record<string, Pending<TenantOutputs["cells"][string]>> = {};
  const beside: Record<string, Pending<TenantOutputs["beside"][string]>> = {};
  const { moving } = tenant;
  const leaving = { ...run, retain: false };
  for (const place of tenant.on) {
    const { cloud, name } = place.cell;
    const isLeft = moving?.what === "cell" && leftBy(tenant) === name;
    const opened = await openPlace({
      environment,
      outputs,
      tenant,
      cell: place.cell,
      run: isLeft ? leaving : run,
    });
    const sections = await buildOn(opened, place, (section) => buildOf(tenant, section, false));
    cells[name] = { cloud, isolation: place.tier.isolation, sections };
    const other = tenant.beside.find(({ cell }) => cell.name === name);
    if (other === undefined) continue;
    beside[name] = {
      isolation: other.tier.isolation,
      sections: await buildOn(
        { ...opened, run: leftBy(tenant) === undefined ? run : leaving },
        other,
        (section) => buildOf(tenant, section, true),
      ),
    };
  }
  return {
    environment: environment.name,
    tenant: tenant.name,
    tier: tenant.tier,
    state: tenant.state,
    ring: tenant.ring,
    hostnames: tenant.hostnames,
    cells,
    beside,
    builds: tenant.builds,
    moving: moving !== undefined,
  };
}
