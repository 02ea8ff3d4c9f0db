/** The tenancy of a cell: which tenants it takes. Plain data. */
import { z } from "zod";
import { counting, type Resource, resourceNames } from "./capacity.ts";
import { tenantId } from "./tenant-id.ts";

/** Quotas that a vendor raises on request. */
const adjustable = resourceNames.filter((name) => counting[name].adjustable);

/** Amounts by resource. */
function amounts(names: readonly Resource[], one: z.ZodType<number>) {
  return z.partialRecord(z.enum(names as [Resource, ...Resource[]]), one);
}

const settings = {
  /** The most tenants that it takes. @default as many as its capacity allows */
  most: z.int().min(1).max(5000).optional(),
  /** The one tenant that it is for. @default all tenants whose manifests name it */
  only: tenantId.optional(),
  /**
   * What the cell's own workloads take, by resource: `{cpu: 8, memoryGib: 16}`. Tenants are not promised it. @default {}
   */
  own: amounts(resourceNames, z.number().min(0).max(1e9)).default({}),
  /** Quotas of the cell's account that the vendor has raised, by resource: `{iamRoles: 5000}`. @default {} */
  quotas: amounts(adjustable, z.int().min(1).max(1e9)).default({}),
};

export const cellTenancySettings = z.strictObject(settings);

export const cellTenancySpec = z.strictObject({
  ...settings,
  /** The tiers of the environment by name. Checked there. */
  tiers: z.record(z.string(), z.unknown()).default({}),
});

export type CellTenancySpec = z.output<typeof cellTenancySpec>;
