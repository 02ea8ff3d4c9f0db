/** The capacity of each size on each cloud, for schemas, components and READMEs. Pure. */
import type { Cloud } from "../core/cloud.ts";

export const sizes = ["small", "medium", "large", "xlarge"] as const;
export type CacheSize = (typeof sizes)[number];

/** The capacity of a size on any cloud. */
export interface Capacity {
  /** Shards that keys are distributed over; with more than one, clients must use the cluster protocol. */
  readonly shards: number;
  /** Data that fits before keys are evicted, in GiB over all shards. */
  readonly dataGiB: number;
}

export interface AwsCapacity extends Capacity {
  readonly nodeType: string;
}

/**
 * ElastiCache: three quarters of a node's `maxmemory`; the rest is for backups and failovers (`reserved-memory-percent`).
 * Source: "Valkey and Redis OSS configuration and limits", ElastiCache user guide.
 */
export const awsCapacities: Readonly<Record<CacheSize, AwsCapacity>> = {
  small: { nodeType: "cache.t4g.medium", shards: 1, dataGiB: 2 },
  medium: { nodeType: "cache.m7g.large", shards: 1, dataGiB: 4 },
  large: { nodeType: "cache.r7g.large", shards: 3, dataGiB: 29 },
  xlarge: { nodeType: "cache.r7g.xlarge", shards: 5, dataGiB: 98 },
};

/** One for each node. ElastiCache distributes the nodes of a shard over the zones, but not those of different shards. */
export function awsCacheAddresses(
  { size, replicas }: { readonly size: CacheSize; readonly replicas: number },
  zones: number,
): { readonly isolated: number } {
  return { isolated: awsCapacities[size].shards * Math.ceil((1 + replicas) / zones) };
}

export interface GcpCapacity extends Capacity {
  readonly nodeType: string;
}

/** Memorystore: the writable keyspace of its nodes. Source: "Instance and node specification", Memorystore for Valkey. */
export const gcpCapacities: Readonly<Record<CacheSize, GcpCapacity>> = {
  small: { nodeType: "STANDARD_SMALL", shards: 1, dataGiB: 5 },
  medium: { nodeType: "HIGHMEM_MEDIUM", shards: 1, dataGiB: 10 },
  large: { nodeType: "HIGHMEM_MEDIUM", shards: 3, dataGiB: 31 },
  xlarge: { nodeType: "HIGHMEM_XLARGE", shards: 3, dataGiB: 139 },
};

/** The maximum with Cluster Mode disabled. Source: "Enable and disable Cluster Mode", Memorystore for Valkey, 2026-08. */
const replicasWithoutShards = 2;

/** Why a size cannot have this many replicas on Memorystore; undefined when it can. */
export function gcpReplicasProblem(size: CacheSize, replicas: number): string | undefined {
  if (gcpCapacities[size].shards > 1 || replicas <= replicasWithoutShards) return undefined;
  const sharded = sizes.find((other) => gcpCapacities[other].shards > 1);
  return `must be at most ${replicasWithoutShards} for size "${size}", which has one shard; size "${sharded}" allows more`;
}

export interface OnpremCapacity extends Capacity {
  /** Cores of each pod. */
  readonly cpu: number;
  /** Memory of each pod, in GiB: a quarter of it is for snapshots and buffers. */
  readonly memoryGiB: number;
}

/** Pods in an on-premises cluster. Our choice of sizes; the chart supports one shard only. */
export const onpremCapacities: Readonly<Record<CacheSize, OnpremCapacity>> = {
  small: { cpu: 1, memoryGiB: 4, shards: 1, dataGiB: 3 },
  medium: { cpu: 2, memoryGiB: 8, shards: 1, dataGiB: 6 },
  large: { cpu: 4, memoryGiB: 32, shards: 1, dataGiB: 24 },
  xlarge: { cpu: 8, memoryGiB: 56, shards: 1, dataGiB: 42 },
};

const capacities: Readonly<Record<Cloud, Readonly<Record<CacheSize, Capacity>>>> = {
  aws: awsCapacities,
  gcp: gcpCapacities,
  onprem: onpremCapacities,
};

export function capacityOf(cloud: Cloud, size: CacheSize): Capacity {
  return capacities[cloud][size];
}

/** Why a size cannot hold this much data, and which size can; undefined when it can. */
export function dataProblem(cloud: Cloud, size: CacheSize, dataGiB: number): string | undefined {
  const holds = capacityOf(cloud, size).dataGiB;
  if (dataGiB <= holds) return undefined;
  const enough = sizes.find((other) => capacityOf(cloud, other).dataGiB >= dataGiB);
  const alternative = enough
    ? `size "${enough}" holds ${capacityOf(cloud, enough).dataGiB}`
    : `no size holds more than ${Math.max(...sizes.map((other) => capacityOf(cloud, other).dataGiB))}`;
  return `must be at most ${holds}, the capacity of size "${size}"; ${alternative}`;
}
