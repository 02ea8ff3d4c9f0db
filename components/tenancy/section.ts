/** The tenancy of a cell, as a section of its manifest: what its tenants share, once the environment has tiers. */
import type { Cloud } from "../core/cloud.ts";
import type { PlannedName } from "../core/place.ts";
import type { CellContext, SectionCell } from "../section/cell.ts";
import { defineSection } from "../section/section.ts";
import { isSupportedForTenants, type TenantSection } from "../section/tenant-section.ts";
import { tenantSections } from "../tenant-sections.ts";
import { cellTenancyChanges } from "./changes.ts";
import { cellTenancySettings, cellTenancySpec } from "./schema.ts";
import { sharedWithTenants } from "./shared-outputs.ts";
import { tenancySupply } from "./supply.ts";

const sections: readonly TenantSection[] = tenantSections;

function namesOn(on: TenantSection["clouds"][Cloud], cell: SectionCell): readonly PlannedName[] {
  return isSupportedForTenants(on) ? (on.sharedNames?.(cell) ?? []) : [];
}

const everywhere = {
  settings: cellTenancySettings,
  spec: cellTenancySpec,
  changes: cellTenancyChanges,
  facts: (_cell: SectionCell, { tiers = {} }: CellContext) => ({ tiers }),
  build: () => import("./builder.ts"),
};

export const tenancy = defineSection({
  name: "tenancy",
  component: "tenancy",
  required: "defaulted",
  outputs: sharedWithTenants.outputs,
  outputsOf: (built: readonly { readonly shares?: object }[]) =>
    Object.assign({}, ...built.map(({ shares }) => shares)),
  clouds: { aws: everywhere, gcp: everywhere, onprem: everywhere },
  supply: tenancySupply,
  names: (_own, cell) => sections.flatMap(({ clouds }) => namesOn(clouds[cell.cloud], cell)),
});
