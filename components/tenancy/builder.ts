import type { Cloud } from "../core/cloud.ts";
import type { SectionBuild } from "../section/build.ts";
import { isSupportedForTenants, type TenantSection } from "../section/tenant-section.ts";
import { tenantSections } from "../tenant-sections.ts";
import type { CellTenancySpec } from "./schema.ts";

/** Builds what the tenants of a cell share, section by section. A cell of an environment without tiers has nothing of it. */
export async function build(
  { tiers }: CellTenancySpec,
  cell: SectionBuild<Cloud>,
): Promise<undefined | readonly object[]> {
  if (Object.keys(tiers).length === 0) return undefined;
  const built: object[] = [];
  const sections: readonly TenantSection[] = tenantSections;
  for (const { component, clouds } of sections) {
    const on = clouds[cell.cell.cloud];
    if (!isSupportedForTenants(on) || on.shared === undefined) continue;
    const { build: buildShared } = await on.shared();
    const shared = await buildShared(`${cell.name}-${component}`, tiers as never, cell as never);
    if (shared !== undefined) built.push(shared);
  }
  return built;
}
