/** Whether the connections of everything that connects to a database fit `max_connections`. Pure. */
import type { Cloud } from "../core/cloud.ts";
import { capacityOf, type DatabaseSize, sizes } from "./capacity.ts";

/** Connections of one kind of client. */
export interface ConnectionShare {
  /** For messages: "the schema registry, 3 replicas with 10 each". */
  readonly what: string;
  readonly connections: number;
}

/**
 * What every database keeps free. 3 is PostgreSQL's default of `superuser_reserved_connections`; the others are our choice.
 * CloudNativePG's instance manager has a connection for each database and for metrics, as do the agents of Aurora and Cloud SQL.
 */
const reserved: readonly ConnectionShare[] = [
  { what: "superusers", connections: 3 },
  { what: "the service's own agents", connections: 7 },
  { what: "administrators and migrations", connections: 10 },
];

/** The fewest connections that are left for clients without a stated need. */
const leastForClients = 20;

const total = (shares: readonly ConnectionShare[]) =>
  shares.reduce((sum, { connections }) => sum + connections, 0);

/** Server connections that are left for clients, in the pools or directly. */
export function connectionsForClients(
  cloud: Cloud,
  size: DatabaseSize,
  others: readonly ConnectionShare[],
): number {
  return capacityOf(cloud, size).maxConnections - total([...reserved, ...others]);
}

/** Connections that are not for tenants: what every database keeps free, and those of the cell's own clients and services. */
export function connectionsTaken(
  connections: number | undefined,
  others: readonly ConnectionShare[],
): number {
  return total([...reserved, ...others]) + (connections ?? leastForClients);
}

/** Why a size cannot serve all of them, with the sum; undefined when it can. */
export function budgetProblem(
  cloud: Cloud,
  size: DatabaseSize,
  connections: number | undefined,
  others: readonly ConnectionShare[],
): string | undefined {
  const clients = { what: "clients", connections: connections ?? leastForClients };
  const shares = [...reserved, ...others, clients];
  const sum = total(shares);
  const { maxConnections } = capacityOf(cloud, size);
  if (sum <= maxConnections) return undefined;
  const written = shares.map(({ what, connections: count }) => `${count} for ${what}`).join(" + ");
  const enough = sizes.find((other) => capacityOf(cloud, other).maxConnections >= sum);
  const alternative =
    enough === undefined
      ? "no size has enough"
      : `size "${enough}" has ${capacityOf(cloud, enough).maxConnections}`;
  return `must serve at least ${sum} connections: ${written}; size "${size}" has ${maxConnections}, ${alternative}`;
}
