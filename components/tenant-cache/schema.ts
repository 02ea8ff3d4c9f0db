/** The cache of a tenant: what a tier and a tenant say about it. Plain data; defaults live only here. */
import { z } from "zod";
import { cacheFields } from "../cache/base-schema.ts";
import { awsCacheSpec, gcpCacheSpec, onpremCacheSpec } from "../cache/schema.ts";
import { awsVersion } from "../cache/versions.ts";
import { accountText, regionText } from "../core/cloud.ts";
import { serviceName } from "../tenant-namespaces/services.ts";

/** What a tier gives the cache of a tenant. With `isolation: pool`, nothing of it applies: memory is shared. */
export const cacheTier = z.strictObject({
  /**
   * Capacity of a cache of the tenant's own, see the table of sizes; on AWS with `isolation: silo`. Sizes with one shard only.
   * @default "small"
   */
  size: z.enum(["small", "medium"]).default("small"),
  /** Replicas of such a cache, in other zones. @default 1 */
  replicas: z.int().min(1).max(2).default(1),
  /** Days that snapshots of such a cache are kept, where the service has them. @default 7 */
  snapshotDays: z.int().min(1).max(35).default(7),
  /** Limits of the serverless cache on AWS with `isolation: bridge`. */
  serverless: z
    .strictObject({
      /** Data in GB. Beyond it, keys with an expiry are evicted. @default 1 */
      maxGB: z.int().min(1).max(5000).default(1),
      /** ElastiCache processing units per second. @default 1000 */
      maxEcpuPerSecond: z.int().min(1000).max(15_000_000).default(1000),
    })
    .prefault({}),
});

/** What a tenant says about its cache. */
export const cacheSettings = z.strictObject({
  /** Eviction policy of a cache of its own. With `isolation: pool`, the cell's. @default "volatile-lru" */
  eviction: cacheFields.eviction,
  /** The services that connect to it, whose cloud identities get the permission: `web/storefront`. @default [] */
  services: z.array(serviceName).default([]),
});

const common = {
  tenant: z.string(),
  /** The services that connect to it. */
  services: z.array(serviceName),
};

/** A user of the cell's cache, for the keys and channels with the tenant's prefix. */
const user = z.strictObject({ isolation: z.literal("pool"), ...common });

const serverless = z.strictObject({
  isolation: z.literal("bridge"),
  ...common,
  account: accountText,
  region: regionText("aws"),
  version: awsVersion,
  snapshotDays: z.int(),
  limits: cacheTier.shape.serverless,
});

export const awsTenantCacheSpec = z.discriminatedUnion("isolation", [
  user,
  serverless,
  z.strictObject({ isolation: z.literal("silo"), ...common, cache: awsCacheSpec }),
]);

const own = z.enum(["bridge", "silo"]);

export const gcpTenantCacheSpec = z.strictObject({
  isolation: own,
  ...common,
  cache: gcpCacheSpec,
});

export const onpremTenantCacheSpec = z.strictObject({
  isolation: own,
  ...common,
  cache: onpremCacheSpec,
  /** The ClusterSecretStore of the cell, which has the passwords. */
  store: z.string(),
  /** The tenant's namespaces, which get the user's password. */
  namespaces: z.array(z.string()).min(1),
});

export type CacheTier = z.output<typeof cacheTier>;
export type CacheSettings = z.output<typeof cacheSettings>;
export type AwsTenantCacheSpec = z.output<typeof awsTenantCacheSpec>;
export type ServerlessSpec = z.output<typeof serverless>;
export type GcpTenantCacheSpec = z.output<typeof gcpTenantCacheSpec>;
export type OnpremTenantCacheSpec = z.output<typeof onpremTenantCacheSpec>;
