/** The key that encrypts a cache's disks and snapshots. */
import { grantsThrough, useThrough } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

/** Source: Amazon ElastiCache user guide, "At-rest encryption in ElastiCache". */
export const cacheKey = {
  purpose: "caches",
  aws: (place) => [
    useThrough("DataThroughElastiCache", place, ["elasticache"]),
    grantsThrough("GrantsThroughElastiCache", place, ["elasticache"]),
  ],
  gcpService: "memorystore.googleapis.com",
} as const satisfies KeyPurpose;
