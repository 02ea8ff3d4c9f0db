/** What a manifest says about topics and about who may use them; the same on every cloud. Defaults live only here. */
import { z } from "zod";
import { replicateTo } from "../core/replicate-to.ts";
import { durationText, sizeText } from "../core/units.ts";
import { key, topicName } from "./names.ts";

/** How a topic gets rid of records: after a time, by keeping the last one of each key, or both. */
export const cleanups = ["delete", "compact", "compact-and-delete"] as const;

const forever = z.literal("forever");

export const topic = z.strictObject({
  /** Partitions can be added and never taken away; adding some moves keys. @default 6 */
  partitions: z.int().min(1).max(10_000).default(6),
  /** Copies of each partition. Kafka cannot change it in place on the managed clouds. @default 3 */
  replicationFactor: z.int().min(1).max(15).default(3),
  /** Copies that must have a record before it counts as written. @default 2 */
  minInsyncReplicas: z.int().min(1).max(15).default(2),
  /** @default "delete" */
  cleanup: z.enum(cleanups).default("delete"),
  /** How long records are kept where they are deleted at all. @default "7 days" */
  retention: z.union([durationText({ min: "1 minute" }), forever]).default("7 days"),
  /** The most that one partition keeps; the oldest records go first. @default no limit */
  retentionSize: sizeText({ min: "1 MiB" }).optional(),
  /** What is expected to be written in a day, over all partitions, before copies are made; storage is checked with it. @default not checked */
  dailyVolume: sizeText().optional(),
  /**
   * How long records stay on the brokers' own disks; older ones live in tiered storage until `retention` ends.
   * @default not tiered
   */
  localRetention: durationText({ min: "1 hour" }).optional(),
  /** The largest record batch. @default "1 MiB" */
  maxMessageSize: sizeText({ min: "1 KiB", max: "10 MiB" }).default("1 MiB"),
  /**
   * How long a key's old records may live on after a newer one or a tombstone came, where the topic is compacted.
   * @default "7 days"
   */
  maxCompactionLag: durationText({ min: "1 minute" }).default("7 days"),
  /** How long a tombstone stays readable, where the topic is compacted. @default "1 day" */
  tombstoneRetention: durationText({ min: "1 minute" }).default("1 day"),
});

export type Topic = z.output<typeof topic>;
export type Topics = Readonly<Record<string, Topic>>;

/** One topic by its name, or all whose names start with what stands before the star: `orders.*`. */
const grant = z.string().regex(/^[a-z][a-z0-9]*([.-][a-z0-9]+)*([.-]\*)?$/, {
  error: 'must be the name of a topic, or a prefix such as "orders.*"',
});

const groupPrefix = z.string().regex(/^[a-z]([a-z0-9.-]{0,98}[a-z0-9])?$/, {
  error: "must be lower case letters, digits, dots and hyphens, starting with a letter",
});

/** What a client may use of the brokers. Each limit holds on each broker. */
export const quota = z.strictObject({
  /** Written in a second. @default no limit */
  produce: sizeText().optional(),
  /** Read in a second. @default no limit */
  consume: sizeText().optional(),
  /** Per cent of one request thread's time; more than 100 where there are several threads. @default no limit */
  requestPercent: z.int().min(1).max(6400).optional(),
});

export const client = z.strictObject({
  /** Topics it may write to. @default [] */
  produce: z.array(grant).default([]),
  /** Topics it may read from. @default [] */
  consume: z.array(grant).default([]),
  /** Consumer groups it may use: the one of this name, and those whose names go on with a dot. @default the client's key */
  group: groupPrefix.optional(),
  /** Whether it may use transactions, under ids that are named like its groups. @default false */
  transactional: z.boolean().default(false),
  /** @default no limits */
  quota: quota.optional(),
  /** On GCP, the account that it signs in as. @default an account of its own */
  principal: z.string().optional(),
});

export type Client = z.output<typeof client>;
export type Clients = Readonly<Record<string, Client>>;

export const topicsAndClients = {
  /** By name. Topics are never made by writing to them. @default {} */
  topics: z.record(topicName, topic).default({}),
  /** By a key of one's own. Who is not named may do nothing. @default {} */
  clients: z.record(key, client).default({}),
  /** Where all topics are copied to, under their own names, with the offsets of consumers; only between AWS cells. @default nowhere */
  replicateTo: replicateTo.optional(),
};
