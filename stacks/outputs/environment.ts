/**
 * The outputs of an environment's stack, for the stacks of its cells. Outputs are a contract between stacks: fields can be added, but
 * not removed while a released version still reads them.
 */
import { z } from "zod";
import { accessEndpointsOutputs, namesOutputs } from "./access.ts";
import { hubOutputs } from "./connectivity.ts";

const named = z.record(z.string(), z.string());

/** Keys by purpose: an ARN on AWS, a resource name on Google Cloud. */
const keyRing = named;

/** Where audit records are, and how many days they are kept. */
const archive = z.object({ bucket: z.string(), retentionDays: z.number() });

const auditOutputs = z.object({
  /** By account id. */
  accounts: z.record(
    z.string(),
    archive.extend({ serviceLogs: z.string(), trail: z.string(), key: z.string() }),
  ),
  /** By project id. */
  projects: z.record(z.string(), archive),
  /** How to start on-premises API servers: the flags, and the content of the `audit-policy-file`. */
  sites: z.object({ retentionDays: z.number(), flags: named, policy: z.string() }).optional(),
});

const deployerOutputs = z.object({
  /** By account id, then by the deployer's key: the role that it assumes. */
  accounts: z.record(z.string(), named),
  /** By project id: members by the deployer's key, and token audiences by issuer. */
  projects: z.record(z.string(), z.object({ members: named, audiences: named })),
});

export const environmentOutputs = z.object({
  environment: z.string(),
  target: z.enum(["rehearsal", "cloud"]),
  lifetime: z.enum(["permanent", "ephemeral"]),
  addresses: z.object({
    supernet: z.string(),
    /** Cell to its block. */
    cells: z.record(z.string(), z.string()),
    /** Free addresses of the supernet, and the next free block for a new cell. */
    free: z.object({ addresses: z.number(), next: z.string().nullable() }),
  }),
  /** Keys by target id: `aws-<account>-<region>` or `gcp-<project>-<region>`. */
  keys: z.record(z.string(), keyRing),
  /** Missing in environments that an older release deployed. */
  audit: auditOutputs.optional(),
  /** Missing in environments that an older release deployed. */
  deployers: deployerOutputs.optional(),
  /** Omitted if cells are isolated. */
  connectivity: hubOutputs.optional(),
  /** Omitted if there are no private names. */
  dns: namesOutputs.optional(),
  /** Omitted if people have no access. */
  people: accessEndpointsOutputs.optional(),
});

export type EnvironmentOutputs = z.output<typeof environmentOutputs>;
