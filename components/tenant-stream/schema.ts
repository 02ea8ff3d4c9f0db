/** The stream of a tenant: what a tier and a tenant say about it. Plain data; defaults live only here. */
import { z } from "zod";
import { projectText, regionText } from "../core/cloud.ts";
import { durationText } from "../core/units.ts";
import { awsStreamFields, awsStreamSpec } from "../stream/aws-schema.ts";
import { gcpStreamFields, gcpStreamSpec } from "../stream/gcp-schema.ts";
import { key, topicName } from "../stream/names.ts";
import { client, quota, topic } from "../stream/topic-schema.ts";
import { serviceName } from "../tenant-namespaces/services.ts";

/** What a tier gives the stream of a tenant. */
export const streamTier = z.strictObject({
  /** Topics. @default 20 */
  topics: z.int().min(1).max(1000).default(20),
  /** Partitions of all topics together, without replicas. @default 60 */
  partitions: z.int().min(1).max(4000).default(60),
  /** The longest retention of a topic. Compacted topics keep the last record of each key. @default "7 days" */
  retention: z.union([durationText({ min: "1 minute" }), z.literal("forever")]).default("7 days"),
  /** Clients. @default 5 */
  clients: z.int().min(1).max(50).default(5),
  /**
   * Quotas of all clients together, on each broker. With `isolation: silo` the brokers are the limit.
   * @default no limits
   */
  quota: quota.optional(),
  /**
   * Tenants on a cloud that cannot set these quotas: refused, or accepted without them.
   * @default "refuse"
   */
  withoutQuota: z.enum(["refuse", "accept"]).default("refuse"),
  /** The brokers of a tenant with `isolation: silo`. */
  silo: z
    .strictObject({
      aws: z
        .strictObject({
          brokerType: awsStreamFields.brokerType,
          brokersPerZone: awsStreamFields.brokersPerZone,
          storage: awsStreamFields.storage,
        })
        .prefault({}),
      gcp: z
        .strictObject({ vcpus: gcpStreamFields.vcpus, memory: gcpStreamFields.memory })
        .prefault({}),
    })
    .prefault({}),
});

/** Leaves room for the tenant's prefix in the 180 characters of a topic's name. */
const ownTopic = topicName.max(158, { error: "must have at most 158 characters" });

const grant = z.string().regex(/^(\*|[a-z][a-z0-9]*([.-][a-z0-9]+)*([.-]\*)?)$/, {
  error: 'must be a topic of the tenant, a prefix such as "orders.*", or "*" for all of its topics',
});

const tenantClient = z
  .strictObject({
    /** Topics that it can write to, also in transactions. @default [] */
    produce: z.array(grant).default([]),
    /** Topics that it can read from. @default [] */
    consume: z.array(grant).default([]),
    /** The services that use it, whose cloud identities get its permissions: `web/storefront`. @default [] */
    services: z.array(serviceName).default([]),
    /** Its part of the tier's quota, in proportion to the other clients. @default 1 */
    share: z.int().min(1).max(100).default(1),
  })
  .refine(({ produce, consume }) => produce.length + consume.length > 0, {
    error: "must have at least one topic to produce or consume",
  });

/** What a tenant says about its stream. Names are without the tenant's prefix. */
export const streamSettings = z.strictObject({
  /** Topics by name. The physical name is `<tenant>.<name>`. @default {} */
  topics: z.record(ownTopic, topic).default({}),
  /**
   * Clients by key. Each has consumer groups and transactional ids with the prefix `<tenant>.<key>`.
   * @default one client, `app`, for all topics
   */
  clients: z
    .record(key, tenantClient)
    .refine((clients) => Object.keys(clients).length > 0, { error: "must not be empty" })
    .default({ app: { produce: ["*"], consume: ["*"], services: [], share: 1 } }),
});

/** Topics and clients on a Kafka cluster. Names are physical. */
const common = {
  tenant: z.string(),
  topics: z.record(topicName, topic),
  clients: z.record(key, client),
};

export const awsTenantStreamSpec = z.strictObject({
  cloud: z.literal("aws"),
  ...common,
  /** The services of each client. */
  services: z.record(key, z.array(serviceName)),
  /** A Kafka cluster of the tenant's own, without topics. @default the cell's */
  brokers: awsStreamSpec.optional(),
});

export const gcpTenantStreamSpec = z.strictObject({
  cloud: z.literal("gcp"),
  ...common,
  project: projectText,
  region: regionText("gcp"),
  /** The services of each client. */
  services: z.record(key, z.array(serviceName)),
  /** Their accounts. */
  accounts: z.record(key, z.array(z.string())),
  /** A Kafka cluster of the tenant's own, without topics. @default the cell's */
  brokers: gcpStreamSpec.optional(),
});

export const onpremTenantStreamSpec = z.strictObject({
  cloud: z.literal("onprem"),
  ...common,
  authentication: z.enum(["certificate", "password"]),
  /** The tenant's namespaces, which reach the brokers and get the clients' credentials. */
  namespaces: z.array(z.string()).min(1),
  suspended: z.boolean(),
});

export type StreamTier = z.output<typeof streamTier>;
export type StreamSettings = z.output<typeof streamSettings>;
export type AwsTenantStreamSpec = z.output<typeof awsTenantStreamSpec>;
export type GcpTenantStreamSpec = z.output<typeof gcpTenantStreamSpec>;
export type OnpremTenantStreamSpec = z.output<typeof onpremTenantStreamSpec>;
