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
  regionCacheUsers: "users of all caches",
  iamRoles: "IAM roles",
  podIdentityAssociations: "Pod Identity associations",
  keys: "KMS keys",
  kmsRequests: "KMS requests a second",
  buckets: "buckets",
  listeners: "gateway listeners",
} as const;

export type Resource = keyof typeof resources;

export const resourceNames = Object.keys(resources) as Resource[];

/** Amounts of resources; nothing of those that are omitted. */
export type Demand = Readonly<Partial<Record<Resource, number>>>;

/** What a resource belongs to: a cell, or an account or an account's region, which cells share. */
export type Within = "cell" | "account" | "region";

/** How a resource is counted. */
export interface Counting {
  readonly within: Within;
  /**
   * Whether tenants can be promised less than their quotas: what they do not use is free for others. What exists from the day that a
   * tenant is deployed is counted whole.
   */
  readonly overCommitted: boolean;
  /** Whether the vendor raises it on request, so that `tenancy.quotas` can state another number. */
  readonly adjustable?: true;
  /** What to do when it is used up, in addition to moving tenants. */
  readonly cure: string;
}

const raised = "have the quota raised, and set it in tenancy.quotas";
const nodes = "enlarge node pools of the classes stateless and batch";

export const counting: Readonly<Record<Resource, Counting>> = {
  cpu: { within: "cell", overCommitted: true, cure: nodes },
  memoryGib: { within: "cell", overCommitted: true, cure: nodes },
  pods: { within: "cell", overCommitted: true, cure: nodes },
  addresses: { within: "cell", overCommitted: true, cure: "add a cell with a larger block" },
  namespaces: { within: "cell", overCommitted: false, cure: "add a cell" },
  storageGib: { within: "region", overCommitted: true, adjustable: true, cure: raised },
  databaseConnections: {
    within: "cell",
    overCommitted: true,
    cure: "choose a larger database.size",
  },
  databases: {
    within: "cell",
    overCommitted: false,
    cure: "choose another isolation of databases",
  },
  topics: { within: "cell", overCommitted: false, cure: "add a cell" },
  partitions: { within: "cell", overCommitted: false, cure: "add brokers, or choose larger ones" },
  cacheUsers: { within: "cell", overCommitted: false, adjustable: true, cure: raised },
  regionCacheUsers: { within: "region", overCommitted: false, adjustable: true, cure: raised },
  iamRoles: { within: "account", overCommitted: false, adjustable: true, cure: raised },
  podIdentityAssociations: {
    within: "cell",
    overCommitted: false,
    adjustable: true,
    cure: raised,
  },
  keys: { within: "region", overCommitted: false, adjustable: true, cure: raised },
  kmsRequests: { within: "region", overCommitted: true, adjustable: true, cure: raised },
  buckets: { within: "account", overCommitted: false, adjustable: true, cure: raised },
  listeners: { within: "cell", overCommitted: false, cure: "add a cell" },
};

/** What a section gives a resource of its cell, or takes of it. */
export interface Supply {
  readonly resource: Resource;
  /** Added to what the cell has. @default 0 */
  readonly has?: number;
  /** What the section itself takes. @default 0 */
  readonly takes?: number;
  /** How it follows from the manifest, or the source of the number. */
  readonly from: string;
}
