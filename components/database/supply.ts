/** What the database of a cell gives its tenants, and its planned costs. Pure. */
import type { CostItem } from "../pricing/item.ts";
import type { SupplyingCell } from "../section/section.ts";
import type { Supply } from "../tenancy/capacity.ts";
import { awsCapacities, capacityOf, gcpCapacities } from "./capacity.ts";
import { connectionsTaken } from "./connection-budget.ts";
import type { AwsDatabaseSpec, GcpDatabaseSpec, OnpremDatabaseSpec } from "./schema.ts";

type Spec = AwsDatabaseSpec | GcpDatabaseSpec | OnpremDatabaseSpec;

/**
 * Databases that autovacuum visits once in its `autovacuum_naptime` of a minute, with at least 100 ms between two of them. Sources:
 * "Automatic Vacuuming", PostgreSQL documentation; `MIN_AUTOVAC_SLEEPTIME` in autovacuum.c.
 */
const mostDatabases = 60_000 / 100;

/** `postgres`, `template0`, `template1`, and one of the service's own. */
const ownDatabases = 4;

export function databaseSupply(spec: Spec, { key }: SupplyingCell): Supply[] {
  // Tenants use the main one.
  if (key !== undefined) return [];
  const { cloud, size, connections, otherConnections } = spec;
  return [
    {
      resource: "databaseConnections",
      has: capacityOf(cloud, size).maxConnections,
      takes: connectionsTaken(connections, otherConnections),
      from: `max_connections of size ${size}`,
    },
    {
      resource: "databases",
      has: mostDatabases,
      takes: ownDatabases + 1,
      from: "autovacuum visits each once a minute",
    },
  ];
}

export function databaseCosts(spec: Spec, { key }: SupplyingCell): CostItem[] {
  const what = key === undefined ? "database" : `database ${key}`;
  // Tenants share the main one by their connections.
  const split = key === undefined ? "databaseConnections" : "equal";
  switch (spec.cloud) {
    case "aws":
      return ofAurora(spec, what, split);
    case "gcp":
      return ofCloudSql(spec, what, split);
    case "onprem":
      return [];
  }
}

/** At minimum capacity: use above it is not planned. RDS Proxy is charged for at least eight units. */
function ofAurora(
  { size, readReplicas, proxy }: AwsDatabaseSpec,
  what: string,
  key: CostItem["key"],
): CostItem[] {
  const instances = 1 + readReplicas;
  const units = awsCapacities[size].minAcu;
  return [
    {
      item: `${what}, ${instances} instances`,
      price: "aws-acu",
      quantity: units * instances,
      key,
    },
    ...(proxy
      ? [
          {
            item: `${what}, proxy`,
            price: "aws-proxy-acu" as const,
            quantity: Math.max(8, units),
            key,
          },
        ]
      : []),
  ];
}

/** Read replicas have no standby: half the price. */
function ofCloudSql(
  { size, readReplicas, edition, diskGiB }: GcpDatabaseSpec,
  what: string,
  key: CostItem["key"],
): CostItem[] {
  const { tier, memoryGiB } = gcpCapacities[size];
  const instances = 1 + readReplicas / 2;
  const plus = edition === "ENTERPRISE_PLUS";
  const cpus = cpusOf(tier[edition]);
  return [
    {
      item: `${what}, vCPUs`,
      price: plus ? "gcp-sql-plus-vcpu" : "gcp-sql-vcpu",
      quantity: cpus * instances,
      key,
    },
    {
      item: `${what}, memory`,
      price: plus ? "gcp-sql-plus-gib" : "gcp-sql-gib",
      quantity: memoryGiB * instances,
      key,
    },
    { item: `${what}, disk`, price: "gcp-sql-disk-gib", quantity: diskGiB * instances, key },
  ];
}

/** `db-custom-4-16384` and `db-perf-optimized-N-2`. */
function cpusOf(tier: string): number {
  return Number(/^db-(?:custom|perf-optimized-N)-(\d+)/.exec(tier)?.[1] ?? 0);
}
