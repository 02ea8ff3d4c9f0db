/** What a cell's stack gives to other stacks and to people. A change here is a change of contract, as in environment.ts. */
import { z } from "zod";
import { grantKinds } from "../../components/identity/grant-schema.ts";
import { cellNamesOutputs, peopleOutputs } from "./access.ts";
import { attachmentOutputs } from "./connectivity.ts";

const named = z.record(z.string(), z.string());

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

export type CellOutputs = z.output<typeof cellOutputs>;
