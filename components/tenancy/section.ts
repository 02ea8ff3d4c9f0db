/** The tenancy of a cell, as a section of its manifest: what its tenants share, once the environment has tiers. */
import type { CellContext, SectionCell } from "../section/cell.ts";
import { defineSection } from "../section/section.ts";
import { cellTenancyChanges } from "./changes.ts";
import { cellTenancySettings, cellTenancySpec } from "./schema.ts";
import { sharedWithTenants } from "./shared-outputs.ts";
import { tenancySupply } from "./supply.ts";

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
});
