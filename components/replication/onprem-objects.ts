/** The CloudNativePG objects of a database copy. Pure. */
import {
  barmanPlugin,
  cluster,
  type OnpremNames,
  objectStore,
} from "../database/onprem-objects.ts";
import type { OnpremDatabaseSpec } from "../database/schema.ts";

/** The source of the copy. */
export interface Followed {
  readonly cluster: string;
  /** The folder of the cluster in its archive. */
  readonly server: string;
  /** The ObjectStore object of its archive. */
  readonly archive: string;
}

/**
 * A cluster that restores another cluster's backup and replays its write-ahead logs from the same archive, so that the two need no
 * network connection.
 */
export function replicaCluster(spec: OnpremDatabaseSpec, names: OnpremNames, followed: Followed) {
  const { databaseName: database } = spec;
  return {
    ...cluster(spec, names),
    bootstrap: { recovery: { source: followed.cluster, database, owner: database } },
    replica: { enabled: true, source: followed.cluster },
    externalClusters: [
      {
        name: followed.cluster,
        plugin: {
          name: barmanPlugin,
          parameters: { barmanObjectName: followed.archive, serverName: followed.server },
        },
      },
    ],
  };
}

/** The archive for read access, without retention: the source cell controls that. */
export function followedArchive(spec: OnpremDatabaseSpec) {
  const { retentionPolicy: _kept, ...rest } = objectStore(spec);
  return rest;
}
