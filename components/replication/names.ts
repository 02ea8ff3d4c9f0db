/**
 * Physical names of copies, shared by the stacks and the failover runbook. The components are named `stream` and `database` in
 * every cell.
 */
import { nameIn, type Place } from "../core/place.ts";

/** The brokers of a cell, and the replicators to and from another cell. */
export function streamNames(place: Place) {
  return {
    cluster: nameIn(place, "msk-cluster", "stream"),
    /** To the target cell. */
    replicator: nameIn(place, "msk-replicator", "stream-copy"),
    /** From the target cell. Idle until a failover. */
    returning: nameIn(place, "msk-replicator", "stream-return"),
  };
}

/** The Aurora cluster of a cell, its copy in another region, and the global database. */
export function auroraNames(place: Place) {
  return {
    primary: nameIn(place, "rds-cluster", "database"),
    replica: nameIn(place, "rds-cluster", "database-copy"),
    global: nameIn(place, "rds-cluster", "database-global"),
  };
}

/** @param generation of the instance: Google reserves names of deleted instances for a week */
export function cloudSqlNames(place: Place, generation: number) {
  const parts = generation === 1 ? [] : [String(generation)];
  return {
    primary: nameIn(place, "cloud-sql-instance", "database", ...parts),
    replica: nameIn(place, "cloud-sql-instance", "database-copy", ...parts),
  };
}

/** Objects of CloudNativePG: the cluster in its own cell, and its copy in the target cell's namespace. */
export function cnpgNames(place: Place) {
  return {
    primary: nameIn(place, "cnpg-cluster", "database"),
    replica: nameIn(place, "cnpg-cluster", "database-copy"),
  };
}
