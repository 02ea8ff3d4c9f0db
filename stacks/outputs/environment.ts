/** What an environment's stack gives to the stacks of its cells. A change here is a change of contract: add fields, and remove none while a released version still reads them. */
import { z } from "zod";
import { accessEndpointsOutputs, namesOutputs } from "./access.ts";
import { hubOutputs } from "./connectivity.ts";

const named = z.record(z.string(), z.string());

/** Key purposes to the key's id: an ARN on AWS, a resource name on GCP. */
const keyRing = named;

/** Where the records of what anybody did are, and how many days each is kept. */
const archive = z.object({ bucket: z.string(), retentionDays: z.number() });

const auditOutputs = z.object({
  /** By account id. */
  accounts: z.record(
    z.string(),
    archive.extend({ serviceLogs: z.string(), trail: z.string(), key: z.string() }),
  ),
  /** By project id. */
  projects: z.record(z.string(), archive),
  /** What API servers of one's own are to be started with: the flags, and the file that `audit-policy-file` names. */
  sites: z.object({ retentionDays: z.number(), flags: named, policy: z.string() }).optional(),
});

const deployerOutputs = z.object({
  /** By account id, then by the deployer's key: the role that it takes. */
  accounts: z.record(z.string(), named),
  /** By project id: members by the deployer's key, and by issuer whom tokens have to be for. */
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
    /** Addresses of the supernet that no cell has, and the next block a new cell can have. */
    free: z.object({ addresses: z.number(), next: z.string().nullable() }),
  }),
  /** Keys by target id: `aws-<account>-<region>` or `gcp-<project>-<region>`. */
  keys: z.record(z.string(), keyRing),
  /** Left out by environments from before there was one. */
  audit: auditOutputs.optional(),
  /** Left out by environments from before there were any. */
  deployers: deployerOutputs.optional(),
  /** Left out where cells do not reach each other. */
  connectivity: hubOutputs.optional(),
  /** Left out where there are no private names. */
  dns: namesOutputs.optional(),
  /** Left out where nobody is let in. */
  people: accessEndpointsOutputs.optional(),
});

export type EnvironmentOutputs = z.output<typeof environmentOutputs>;
