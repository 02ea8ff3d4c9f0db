import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Place } from "../core/place.ts";
import { restoreTimeouts, untilReady } from "../core/until-ready.ts";
import type { OnpremDatabase } from "../database/onprem.ts";
import {
  archiveFolder,
  barman,
  cnpg,
  pooler,
  scheduledBackup,
} from "../database/onprem-objects.ts";
import { archivePolicy } from "../database/onprem-policies.ts";
import type { OnpremDatabaseSpec } from "../database/schema.ts";
import { cnpgNames } from "./names.ts";
import { followedArchive, replicaCluster } from "./onprem-objects.ts";

export interface OnpremDatabaseCopyArgs extends ComponentArgs {
  /** The source database and its cell. */
  readonly source: { readonly place: Place; readonly spec: OnpremDatabaseSpec };
  /** This cell's own database. The copy is in its namespace, and writes to its archive. */
  readonly database: Pick<OnpremDatabase, "namespace" | "spec">;
  /** The environment and name of this cell. */
  readonly place: Place;
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * A replica of another cell's database in this cell, from the backups and write-ahead logs of its archive. A secret in this cell's
 * namespace must give read access to the archive. The replica takes over when its `spec.replica.enabled` is set to false.
 *
 * @example
 * new OnpremDatabaseCopy("database-copy", { source, database, place, cluster, ownership }, { dependsOn: database });
 */
export class OnpremDatabaseCopy extends BlueprintComponent {
  /** Host for writes after a failover. */
  readonly endpoint: pulumi.Output<string>;
  readonly #args: OnpremDatabaseCopyArgs;

  constructor(name: string, args: OnpremDatabaseCopyArgs, opts?: pulumi.ComponentResourceOptions) {
    const { source, database, place, cluster } = args;
    super("replication", "OnpremDatabaseCopy", name, args, { follows: source.place.cell }, opts);
    this.#args = args;
    const { primary, replica } = cnpgNames(source.place);
    const own = cnpgNames(place).primary;
    const names = {
      cluster: replica,
      catalog: own,
      archive: `${own}-archive`,
      server: archiveFolder(replica, source.spec.generation),
      pooler: `${replica}-pool`,
      namespace: database.spec.namespace,
    };
    const followed = {
      cluster: primary,
      archive: `${replica}-source`,
      server: archiveFolder(primary, source.spec.generation),
    };
    const archive = this.#object("source", barman, "ObjectStore", followed.archive, [
      followedArchive(source.spec),
    ]);
    const way = this.#way(replica);
    const made = new kubernetes.apiextensions.CustomResource(
      this.named(),
      {
        apiVersion: cnpg,
        kind: "Cluster",
        metadata: {
          name: replica,
          namespace: database.namespace,
          // Without the source's backup or access to it, there is no copy, and only a failover would show that.
          annotations: { ...untilReady },
        },
        spec: replicaCluster(source.spec, names, followed),
      },
      this.stateful({
        provider: cluster.provider,
        dependsOn: [archive, way],
        customTimeouts: restoreTimeouts,
        // A failover changes it. Changing it back would discard later writes.
        ignoreChanges: ["spec.replica.enabled", "spec.imageCatalogRef.major"],
      }),
    );
    const pool = this.#object("pooler", cnpg, "Pooler", names.pooler, [
      pooler(source.spec, names),
      made,
    ]);
    this.#object("backup", cnpg, "ScheduledBackup", replica, [
      scheduledBackup(source.spec, names),
      made,
    ]);
    this.endpoint = pulumi.interpolate`${pool.metadata.name}.${database.namespace}.svc`;
    this.registerOutputs({ endpoint: this.endpoint });
  }

  #object(
    key: string,
    apiVersion: string,
    kind: string,
    name: string,
    [spec, after]: readonly [spec: object, after?: pulumi.Resource],
  ): kubernetes.apiextensions.CustomResource {
    const { cluster, database } = this.#args;
    return new kubernetes.apiextensions.CustomResource(
      this.named(key),
      { apiVersion, kind, metadata: { name, namespace: database.namespace }, spec },
      this.child({ provider: cluster.provider, ...(after ? { dependsOn: after } : {}) }),
    );
  }

  /** Egress to the source's archive, for the restore job as well. The namespace already allows its own archive. */
  #way(replica: string): kubernetes.networking.v1.NetworkPolicy {
    const { cluster, database, source } = this.#args;
    return new kubernetes.networking.v1.NetworkPolicy(
      this.named("source-archive"),
      {
        metadata: { name: `${replica}-source`, namespace: database.namespace },
        spec: archivePolicy(source.spec, { matchLabels: { "cnpg.io/cluster": replica } }),
      },
      this.child({ provider: cluster.provider }),
    );
  }
}
