/**
 * What stacks tell each other: one schema a kind of stack, written by the producer and parsed by the consumer. A change here is
 * a change of contract: add fields, and remove none while a released version still reads them.
 */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { BlueprintError } from "../components/core/errors.ts";
import { checkSpec } from "../components/core/spec.ts";
import { grantKinds } from "../components/identity/grant-schema.ts";
import { cellNamesOutputs, doorsOutputs, namesOutputs, peopleOutputs } from "./access-outputs.ts";
import { attachmentOutputs, hubOutputs } from "./connectivity-outputs.ts";

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
  /** Landing place, `aws-<account>-<region>` or `gcp-<project>-<region>`, to its keys. */
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
  people: doorsOutputs.optional(),
});

const serviceOutputs = z.object({
  stream: z.object({ bootstrapServers: z.string(), brokers: z.number(), topics: named }).optional(),
  eventSourcing: z.object({ registryUrl: z.string().optional() }).optional(),
  database: z
    .object({
      name: z.string(),
      version: z.string(),
      endpoint: z.string(),
      readerEndpoint: z.string().optional(),
      port: z.number(),
    })
    .optional(),
  cache: z.object({ endpoint: z.string(), port: z.number(), clustered: z.boolean() }).optional(),
  /** Buckets by key, as `s3://...` or `gs://...`. */
  objectStore: z.object({ buckets: named }).optional(),
  /** Physical names of secrets by key, and the ClusterSecretStore that ExternalSecrets name. */
  secrets: z.object({ names: named, store: z.string().optional() }).optional(),
  /** What each workload acts as: a role's ARN, or a member of IAM policies. */
  identity: z.object({ principals: named, members: named.optional() }).optional(),
});

export const cellOutputs = z.object({
  environment: z.string(),
  cell: z.string(),
  cloud: z.enum(["aws", "gcp", "onprem"]),
  /** Region of a cloud, site on-premises. */
  location: z.string(),
  cidr: z.string(),
  cluster: z.object({ name: z.string(), version: z.string() }),
  nodePools: z.record(z.string(), z.object({ class: z.string(), capacity: z.string() })),
  /** What runs beside the cluster; what a cell lacks is left out. */
  services: serviceOutputs,
  /** What IAM knows the cell's resources by, for workloads that come in from other cells: kind, name, and what the kind needs. */
  references: z
    .partialRecord(z.enum(grantKinds), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
  /** How it reaches other cells and is reached by them; left out where it does not. */
  connectivity: attachmentOutputs.optional(),
  /** Its private names; left out where there are none. */
  dns: cellNamesOutputs.optional(),
  /** How people reach what is private in it; left out where nobody does. */
  people: peopleOutputs.optional(),
  /** What copies of other cells' services stand on here. */
  ground: z
    .object({
      vpcId: z.string(),
      isolatedSubnetIds: z.array(z.string()),
      clusterSecurityGroupId: z.string(),
      streamArn: z.string(),
      streamSecurityGroupId: z.string(),
      networkId: z.string(),
      subnetworkId: z.string(),
    })
    .partial()
    .default({}),
  /** Copies that this stack made, such as `database in aws-usw2`: the host that takes writes after a failover. */
  copies: named.default({}),
});

export type EnvironmentOutputs = z.output<typeof environmentOutputs>;
export type CellOutputs = z.output<typeof cellOutputs>;

/** An outputs object before it is deployed: every leaf may still be an Output. */
export type Pending<T> = { readonly [Key in keyof T]: pulumi.Input<T[Key]> | Pending<T[Key]> };

/** The environment's outputs as seen from a cell; unknown in a preview that runs before the environment is up. */
export async function readEnvironment(
  environment: string,
): Promise<EnvironmentOutputs | undefined> {
  const outputs = await readStack(environment, "footprint");
  if (outputs !== undefined) return understood(environmentOutputs, outputs, environment);
  return notUpYet(
    `bring the environment up before its cells (atoll up ${environment})`,
    environment,
  );
}

/** Another cell's outputs; unknown in a preview that runs before that cell is up. */
export async function readCell(stack: string): Promise<CellOutputs | undefined> {
  const outputs = await readStack(stack, "cell");
  if (outputs !== undefined) return understood(cellOutputs, outputs, stack);
  return notUpYet("bring it up before the cells that refer to it", stack);
}

/** @throws BlueprintError `environment-not-up` for outputs of a release that did not write all that this one reads */
function understood<Schema extends z.ZodType>(
  schema: Schema,
  outputs: unknown,
  stack: string,
): z.output<Schema> {
  const { spec, problems } = checkSpec(schema, outputs, `outputs of ${stack}`);
  if (spec !== undefined) return spec;
  throw new BlueprintError(
    "environment-not-up",
    `stack "${stack}" was last brought up by a release that gave other outputs: bring it up again first`,
    problems,
  );
}

async function readStack(stack: string, output: string): Promise<unknown> {
  const reference = new pulumi.StackReference(
    `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`,
  );
  return (await reference.getOutputDetails(output)).value;
}

function notUpYet(cure: string, stack: string): undefined {
  if (pulumi.runtime.isDryRun()) return undefined;
  throw new BlueprintError("environment-not-up", `stack "${stack}" has no outputs yet: ${cure}`);
}
