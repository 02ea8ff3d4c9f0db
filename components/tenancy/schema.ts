/** The tenancy of a cell: which tenants it takes. Plain data. */
import { z } from "zod";
import { tenantId } from "./tenant-id.ts";

const settings = {
  /** The most tenants that it takes. @default as many as its capacity allows */
  most: z.int().min(1).max(5000).optional(),
  /** The one tenant that it is for. @default all tenants whose manifests name it */
  only: tenantId.optional(),
};

export const cellTenancySettings = z.strictObject(settings);

export const cellTenancySpec = z.strictObject({
  ...settings,
  /** The tiers of the environment by name. Checked there. */
  tiers: z.record(z.string(), z.unknown()).default({}),
});

export type CellTenancySpec = z.output<typeof cellTenancySpec>;
