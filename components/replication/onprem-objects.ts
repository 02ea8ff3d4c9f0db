/** The objects that a copy of a database by CloudNativePG is made of: pure. */
import {
  barmanPlugin,
  cluster,
  type OnpremNames,
  objectStore,
} from "../database/onprem-objects.ts";
import type { OnpremDatabaseSpec } from "../database/schema.ts";

/** What the copy follows. */
export interface Followed {
  /** Name of the cluster, which its archive keeps its files under. */
  readonly cluster: string;
  /** The object that says where its archive is. */
  readonly archive: string;
}

/**
 * A cluster that starts from another's backup and replays its write-ahead logs from the same archive, so that the two need no way
 * to each other.
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
          parameters: { barmanObjectName: followed.archive, serverName: followed.cluster },
        },
      },
    ],
  };
}

/** The archive as somebody who only reads it knows it: how long it keeps what is not theirs to say. */
export function followedArchive(spec: OnpremDatabaseSpec) {
  const { retentionPolicy: _kept, ...rest } = objectStore(spec);
  return rest;
}
