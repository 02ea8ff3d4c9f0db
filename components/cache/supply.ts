/** What the cache of a cell gives its tenants, and its planned costs. Pure. */
import type { CostItem } from "../pricing/item.ts";
import type { PriceId } from "../pricing/prices.ts";
import type { SupplyingCell } from "../section/section.ts";
import type { Supply } from "../tenancy/capacity.ts";
import { quotaOf } from "../tenancy/quotas.ts";
import { awsCapacities, type CacheSize } from "./capacity.ts";
import type { AwsCacheSpec, GcpCacheSpec, OnpremCacheSpec } from "./schema.ts";

type Spec = AwsCacheSpec | GcpCacheSpec | OnpremCacheSpec;

/** Users have a limit on ElastiCache only: in a group, and in a region. One of a group is the disabled default user. */
export function cacheSupply(spec: Spec, { key, quotas }: SupplyingCell): Supply[] {
  if (spec.cloud !== "aws") return [];
  const takes = Object.keys(spec.users).length + 1;
  const from = key === undefined ? "users of the cache" : `users of cache ${key}`;
  const inRegion: Supply = { resource: "regionCacheUsers", takes, from };
  // Tenants use the main one.
  if (key !== undefined) return [inRegion];
  return [inRegion, quotaOf("cacheUsers", quotas), { resource: "cacheUsers", takes, from }];
}

const prices: Readonly<Record<CacheSize, PriceId>> = {
  small: "aws-cache-t4g-medium",
  medium: "aws-cache-m7g-large",
  large: "aws-cache-r7g-large",
  xlarge: "aws-cache-r7g-xlarge",
};

export function cacheCosts(spec: Spec, { key }: SupplyingCell): CostItem[] {
  if (spec.cloud !== "aws") return [];
  const nodes = awsCapacities[spec.size].shards * (1 + spec.replicas);
  return [
    {
      item: key === undefined ? `cache, ${nodes} nodes` : `cache ${key}, ${nodes} nodes`,
      price: prices[spec.size],
      quantity: nodes,
      key: "equal",
    },
  ];
}
