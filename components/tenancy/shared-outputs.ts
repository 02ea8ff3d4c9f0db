/** What the stacks of tenants need of what their cell built for all of them: the outputs of the section `tenancy`. */
import { z } from "zod";

export const sharedWithTenants = {
  name: "tenancy",
  outputs: z.object({
    /** The security groups of the functions that make databases on AWS. */
    databases: z.object({ functionGroupId: z.string(), setupGroupId: z.string() }).optional(),
  }),
} as const;
