/** What a cell has, and what its tenants take of it. Plain data. */

/** The resources that a cell has a limited number of. */
export const resources = {
  cpu: "CPUs",
  memoryGib: "GiB of memory",
  pods: "pods",
  addresses: "pod addresses",
  namespaces: "namespaces",
  storageGib: "GiB of volumes",
  databaseConnections: "database connections",
  databases: "databases",
  topics: "topics",
  partitions: "partitions, with replicas",
  cacheUsers: "users of the cache",
  iamRoles: "IAM roles",
  podIdentityAssociations: "Pod Identity associations",
  keys: "KMS keys",
  buckets: "buckets",
  listeners: "gateway listeners",
} as const;

export type Resource = keyof typeof resources;

/** Amounts of resources; nothing of those that are omitted. */
export type Demand = Readonly<Partial<Record<Resource, number>>>;
