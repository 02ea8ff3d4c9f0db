/** The outputs of a tenant's stack, for people and for the stacks of services. They are a contract between stacks; see environment.ts. */
import { z } from "zod";

const named = z.record(z.string(), z.unknown());

export const tenantOutputs = z.object({
  environment: z.string(),
  tenant: z.string(),
  tier: z.string(),
  state: z.enum(["active", "suspended"]),
  ring: z.number(),
  hostnames: z.array(z.string()),
  /** By cell: its cloud, and the outputs of the tenant's sections there. */
  cells: z.record(
    z.string(),
    z.object({ cloud: z.enum(["aws", "gcp", "onprem"]), isolation: named, sections: named }),
  ),
  /** During a move to another tier: what it also has there, by cell. */
  beside: z.record(z.string(), z.object({ isolation: named, sections: named })).default({}),
  /** How often sections were recreated, which is part of the names of their components. Stacks of older releases do not say it. */
  builds: z.record(z.string(), z.number()).optional(),
  /** Whether it moves. */
  moving: z.boolean().default(false),
});

export type TenantOutputs = z.output<typeof tenantOutputs>;
