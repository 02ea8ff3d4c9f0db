/**
 * What copies are called. The stacks make them under these names and the runbook of a failover speaks of them, so that both are
 * right together. Services are called `stream` and `database` in every cell.
 */
import { nameIn, type Place } from "../core/place.ts";

/** Brokers of a cell, and what copies between them and those of another. */
export function streamNames(place: Place) {
  return {
    cluster: nameIn(place, "msk-cluster", "stream"),
    /** To the other cell. */
    replicator: nameIn(place, "msk-replicator", "stream-copy"),
    /** From there, which has something to do after a failover only. */
    returning: nameIn(place, "msk-replicator", "stream-return"),
  };
}

/** An Aurora of a cell, its copy in another region, and the global database over both. */
export function auroraNames(place: Place) {
  return {
    primary: nameIn(place, "rds-cluster", "database"),
    replica: nameIn(place, "rds-cluster", "database-copy"),
    global: nameIn(place, "rds-cluster", "database-global"),
  };
}

/** @param generation of the instance: Google keeps names of deleted ones for a week */
export function cloudSqlNames(place: Place, generation: number) {
  const parts = generation === 1 ? [] : [String(generation)];
  return {
    primary: nameIn(place, "cloud-sql-instance", "database", ...parts),
    replica: nameIn(place, "cloud-sql-instance", "database-copy", ...parts),
  };
}

/** Objects of CloudNativePG: the cluster in its own cell, and its copy in the other cell's namespace. */
export function cnpgNames(place: Place) {
  return {
    primary: nameIn(place, "cnpg-cluster", "database"),
    replica: nameIn(place, "cnpg-cluster", "database-copy"),
  };
}
