/** The capacity of each size on each cloud, for schemas, components and READMEs. Pure. */
import type { Cloud } from "../core/cloud.ts";

export const sizes = ["small", "medium", "large", "xlarge"] as const;
export type DatabaseSize = (typeof sizes)[number];

/** The capacity of a size on any cloud. */
export interface Capacity {
  /** Maximum memory, in GiB. */
  readonly memoryGiB: number;
  /** `max_connections`: client connections, including those that PostgreSQL reserves. */
  readonly maxConnections: number;
}

export interface AwsCapacity extends Capacity {
  /** Minimum Aurora capacity units; about 2 GiB of memory each. */
  readonly minAcu: number;
  readonly maxAcu: number;
}

/**
 * Aurora Serverless v2. `max_connections` is derived from the maximum capacity: "Maximum connections for Aurora
 * Serverless v2", Aurora user guide. Performance Insights requires at least 2 units.
 */
export const awsCapacities: Readonly<Record<DatabaseSize, AwsCapacity>> = {
  small: { minAcu: 2, maxAcu: 8, memoryGiB: 16, maxConnections: 1669 },
  medium: { minAcu: 4, maxAcu: 16, memoryGiB: 32, maxConnections: 3360 },
  large: { minAcu: 8, maxAcu: 32, memoryGiB: 64, maxConnections: 5000 },
  xlarge: { minAcu: 16, maxAcu: 128, memoryGiB: 256, maxConnections: 5000 },
};

/**
 * Addresses of RDS Proxy over all subnets: the recommended minimum for an instance class with the size's maximum memory. Source:
 * "Planning for IP address capacity", Aurora user guide.
 */
const proxyAddresses: Readonly<Record<DatabaseSize, number>> = {
  small: 10,
  medium: 10,
  large: 15,
  xlarge: 45,
};

/** One for each instance, and those of the proxy. */
export function awsDatabaseAddresses(
  spec: {
    readonly size: DatabaseSize;
    readonly readReplicas: number;
    readonly proxy: boolean;
  },
  zones: number,
): { readonly isolated: number } {
  const instances = Math.ceil((1 + spec.readReplicas) / zones);
  const proxy = spec.proxy ? Math.ceil(proxyAddresses[spec.size] / zones) : 0;
  return { isolated: instances + proxy };
}

export const gcpEditions = ["ENTERPRISE", "ENTERPRISE_PLUS"] as const;
export type GcpEdition = (typeof gcpEditions)[number];

export interface GcpCapacity extends Capacity {
  /** Machine type by edition; each has its own. */
  readonly tier: Readonly<Record<GcpEdition, string>>;
}

/**
 * Cloud SQL. Machine types and Google's own `max_connections` for their memory: "Create instances" and "Configure database
 * flags", Cloud SQL for PostgreSQL. The number is set as a flag, so that it applies to replicas too.
 */
export const gcpCapacities: Readonly<Record<DatabaseSize, GcpCapacity>> = {
  small: {
    tier: { ENTERPRISE: "db-custom-4-16384", ENTERPRISE_PLUS: "db-perf-optimized-N-2" },
    memoryGiB: 16,
    maxConnections: 500,
  },
  medium: {
    tier: { ENTERPRISE: "db-custom-6-32768", ENTERPRISE_PLUS: "db-perf-optimized-N-4" },
    memoryGiB: 32,
    maxConnections: 600,
  },
  large: {
    tier: { ENTERPRISE: "db-custom-10-65536", ENTERPRISE_PLUS: "db-perf-optimized-N-8" },
    memoryGiB: 64,
    maxConnections: 800,
  },
  xlarge: {
    tier: { ENTERPRISE: "db-custom-20-131072", ENTERPRISE_PLUS: "db-perf-optimized-N-16" },
    memoryGiB: 128,
    maxConnections: 1000,
  },
};

export interface OnpremCapacity extends Capacity {
  /** Cores of each instance. */
  readonly cpu: number;
}

/** CloudNativePG: the resource requests and limits of each instance. Our choice: at most about 10 MiB per connection. */
export const onpremCapacities: Readonly<Record<DatabaseSize, OnpremCapacity>> = {
  small: { cpu: 2, memoryGiB: 4, maxConnections: 200 },
  medium: { cpu: 4, memoryGiB: 16, maxConnections: 500 },
  large: { cpu: 8, memoryGiB: 32, maxConnections: 1000 },
  xlarge: { cpu: 14, memoryGiB: 56, maxConnections: 1500 },
};

const capacities: Readonly<Record<Cloud, Readonly<Record<DatabaseSize, Capacity>>>> = {
  aws: awsCapacities,
  gcp: gcpCapacities,
  onprem: onpremCapacities,
};

export function capacityOf(cloud: Cloud, size: DatabaseSize): Capacity {
  return capacities[cloud][size];
}

/** Why a size cannot serve this many connections, and which size can; undefined when it can. */
export function connectionsProblem(
  cloud: Cloud,
  size: DatabaseSize,
  connections: number,
): string | undefined {
  const { maxConnections } = capacityOf(cloud, size);
  if (connections <= maxConnections) return undefined;
  const enough = sizes.find((other) => capacityOf(cloud, other).maxConnections >= connections);
  const alternative = enough
    ? `size "${enough}" supports ${capacityOf(cloud, enough).maxConnections}`
    : `no size supports more than ${Math.max(...sizes.map((other) => capacityOf(cloud, other).maxConnections))}: use a connection pool`;
  return `must be at most ${maxConnections}, the limit of size "${size}"; ${alternative}`;
}
