/** Settings of topics and clients, common to all clouds. All defaults are here. */
import { z } from "zod";
import { replicateTo } from "../core/replicate-to.ts";
import { durationText, sizeText } from "../core/units.ts";
import { key, topicName } from "./names.ts";

/** Cleanup policies: delete after a time, keep the last record of each key, or both. */
export const cleanups = ["delete", "compact", "compact-and-delete"] as const;

const forever = z.literal("forever");

export const topic = z.strictObject({
  /** Partitions can be added but not removed. Adding partitions changes the assignment of keys. @default 6 */
  partitions: z.int().min(1).max(10_000).default(6),
  /** Replicas of each partition. The managed services cannot change it in place. @default 3 */
  replicationFactor: z.int().min(1).max(15).default(3),
  /** In-sync replicas required to acknowledge a write. @default 2 */
  minInsyncReplicas: z.int().min(1).max(15).default(2),
  /** @default "delete" */
  cleanup: z.enum(cleanups).default("delete"),
  /** Retention of records, unless `cleanup` is `compact`. @default "7 days" */
  retention: z.union([durationText({ min: "1 minute" }), forever]).default("7 days"),
  /** Maximum size of one partition; the oldest records are deleted first. @default no limit */
  retentionSize: sizeText({ min: "1 MiB" }).optional(),
  /** Expected writes per day over all partitions, without replication, for the storage check. @default not checked */
  dailyVolume: sizeText().optional(),
  /**
   * How long records stay on the brokers' disks; older ones move to tiered storage until `retention` ends.
   * @default no tiered storage
   */
  localRetention: durationText({ min: "1 hour" }).optional(),
  /** Maximum size of a record batch. @default "1 MiB" */
  maxMessageSize: sizeText({ min: "1 KiB", max: "10 MiB" }).default("1 MiB"),
  /**
   * For compacted topics: how long a key's old records can remain after a newer record or a tombstone.
   * @default "7 days"
   */
  maxCompactionLag: durationText({ min: "1 minute" }).default("7 days"),
  /** For compacted topics: how long a tombstone can be read. @default "1 day" */
  tombstoneRetention: durationText({ min: "1 minute" }).default("1 day"),
});

export type Topic = z.output<typeof topic>;
export type Topics = Readonly<Record<string, Topic>>;

/** One topic by name, or all topics with a prefix: `orders.*`. */
const grant = z.string().regex(/^[a-z][a-z0-9]*([.-][a-z0-9]+)*([.-]\*)?$/, {
  error: 'must be the name of a topic, or a prefix such as "orders.*"',
});

const groupPrefix = z.string().regex(/^[a-z]([a-z0-9.-]{0,98}[a-z0-9])?$/, {
  error: "must be lower case letters, digits, dots and hyphens, starting with a letter",
});

/** Client quotas. Each limit applies per broker. */
export const quota = z.strictObject({
  /** Bytes written per second. @default no limit */
  produce: sizeText().optional(),
  /** Bytes read per second. @default no limit */
  consume: sizeText().optional(),
  /** Percentage of one request thread's time; more than 100 with several threads. @default no limit */
  requestPercent: z.int().min(1).max(6400).optional(),
});

export const client = z.strictObject({
  /** Topics that the client can write to. @default [] */
  produce: z.array(grant).default([]),
  /** Topics that the client can read from. @default [] */
  consume: z.array(grant).default([]),
  /** Consumer groups: this name, and names with it and a dot as prefix. @default the client's key */
  group: groupPrefix.optional(),
  /** Whether the client can use transactions, with ids named like its groups. @default false */
  transactional: z.boolean().default(false),
  /** @default no limits */
  quota: quota.optional(),
  /** On GCP, the client's service account. @default a new account */
  principal: z.string().optional(),
});

export type Client = z.output<typeof client>;
export type Clients = Readonly<Record<string, Client>>;

export const topicsAndClients = {
  /** Topics by name. Topics are never created automatically. @default {} */
  topics: z.record(topicName, topic).default({}),
  /** Clients by key. Others have no access. @default {} */
  clients: z.record(key, client).default({}),
  /** The target of replication for all topics, with their names and consumer offsets. Only between AWS cells. @default no replication */
  replicateTo: replicateTo.optional(),
};
