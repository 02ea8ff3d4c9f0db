/** The settings of caches on all clouds. */
import { z } from "zod";
import type { Cloud } from "../core/cloud.ts";
import { weekdays } from "../core/schedule.ts";
import { dataProblem, sizes } from "./capacity.ts";

/** Which keys are evicted when a cache is full: keys with an expiry (`volatile`), any key, or none. */
export const evictionPolicies = [
  "volatile-lru",
  "volatile-lfu",
  "volatile-ttl",
  "allkeys-lru",
  "allkeys-lfu",
  "noeviction",
] as const;

/** The fields of `cache` on every cloud. */
export const cacheFields = {
  /** Capacity of the cache; see the table of sizes. @default "small" */
  size: z.enum(sizes).default("small"),
  /** GiB of data that it must hold; rejected when the size holds less. @default whatever the size holds */
  dataGiB: z.number().positive().optional(),
  /** Replicas of each shard, in other zones; they serve reads. @default 1 */
  replicas: z.int().min(1).max(5).default(1),
  /** Eviction policy when memory is full. @default "volatile-lru" */
  eviction: z.enum(evictionPolicies).default("volatile-lru"),
  /** The weekly hour in which the cloud may patch, in UTC. Daily snapshots start two hours earlier. */
  maintenance: z
    .strictObject({
      /** @default "sun" */
      day: z.enum(weekdays).default("sun"),
      /** @default 5 */
      hour: z.int().min(0).max(23).default(5),
    })
    .prefault({}),
};

/** For clouds that keep snapshots. */
export const snapshotField = {
  snapshots: z
    .strictObject({
      /** Days that daily snapshots are kept, 1 to 35. @default 7 */
      retentionDays: z.int().min(1).max(35).default(7),
    })
    .prefault({}),
};

const userKey = z.string().regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, {
  error: "must be 1 to 20 lower case letters, digits and hyphens, starting with a letter",
});

const cacheUser = z.strictObject({
  /** Neither includes administrative or dangerous commands. @default "read-write" */
  access: z.enum(["read-write", "read"]).default("read-write"),
  /** Patterns of the keys that it may access, for example `orders:*`. @default ["*"], all */
  keys: z
    .array(
      z.string().regex(/^[\w:.{}*?-]{1,64}$/, {
        error: 'must be a pattern of keys such as "orders:*"',
      }),
    )
    .min(1)
    .max(8)
    .default(["*"]),
});

export type CacheUser = z.output<typeof cacheUser>;

/** For clouds whose caches have users. There are no others. */
export const usersField = {
  /** Users by name. @default one, `app`, who may read and write */
  users: z
    .record(userKey, cacheUser)
    .refine((users) => Object.keys(users).length > 0, {
      error: "must have at least one user",
    })
    .refine((users) => !("default" in users) && !("replication" in users), {
      error: 'must not name "default" or "replication", which the cache reserves',
    })
    .prefault({ app: {} }),
};

type Fields = z.output<z.ZodObject<typeof cacheFields>>;

/** Checks across fields. */
export function refineCache(cloud: Cloud) {
  return ({ size, dataGiB }: Fields, context: z.core.$RefinementCtx<unknown>): void => {
    const message = dataGiB === undefined ? undefined : dataProblem(cloud, size, dataGiB);
    if (message === undefined) return;
    context.addIssue({ code: "custom", path: ["dataGiB"], input: dataGiB, message });
  };
}

/** The hour at which daily snapshots start, in UTC. */
export function snapshotHour({ maintenance }: Pick<Fields, "maintenance">): number {
  return (maintenance.hour + 22) % 24;
}
