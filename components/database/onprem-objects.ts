/** The CloudNativePG objects of a database. API versions of release 1.30 and of the plugin's 0.13. Pure. */

import { quantity } from "../core/units.ts";
import { classLabel } from "../node-pool/labels.ts";
import { priorityClasses } from "../node-pool/priority-classes.ts";
import { backupHour, wantedMajor } from "./base-schema.ts";
import { onpremCapacities } from "./capacity.ts";
import { connectionsForClients } from "./connection-budget.ts";
import { clusterLabel, instanceLabel, poolerLabel } from "./onprem-operated.ts";
import { slotParameters, slotRules } from "./onprem-slots.ts";
import type { OnpremDatabaseSpec } from "./schema.ts";
import { majors } from "./versions.ts";

export const cnpg = "postgresql.cnpg.io/v1";
export const barman = "barmancloud.cnpg.io/v1";

/** The plugin's name in clusters and backups. */
export const barmanPlugin = "barman-cloud.cloudnative-pg.io";

/** The group of all users of tenants. */
export const tenantsGroup = "atoll_tenants";

const zoneLabel = "topology.kubernetes.io/zone";

/** Instances of the quorum: the primary and two standbys, of which one must have each commit. */
const quorum = 3;

/** All supported major versions, so that an upgrade changes one number. */
export const imageCatalog = {
  images: Object.entries(majors).map(([major, { image }]) => ({ major: Number(major), image })),
};

/** The names of the objects. */
export interface OnpremNames {
  readonly cluster: string;
  readonly catalog: string;
  readonly archive: string;
  /** The folder in the archive: CloudNativePG refuses one that is not empty. */
  readonly server: string;
  readonly pooler: string;
  readonly namespace: string;
}

/** The folder of a cluster in its archive. */
export function archiveFolder(cluster: string, generation: number): string {
  return generation === 1 ? cluster : `${cluster}-${generation}`;
}

export function cluster(spec: OnpremDatabaseSpec, names: OnpremNames) {
  const { size, storage } = spec;
  const { cpu, memoryGiB, maxConnections } = onpremCapacities[size];
  const amount = { cpu: String(cpu), memory: `${memoryGiB}Gi` };
  const storageClass = storage.className === undefined ? {} : { storageClass: storage.className };
  return {
    instances: quorum + spec.readReplicas,
    imageCatalogRef: {
      apiGroup: "postgresql.cnpg.io",
      kind: "ImageCatalog",
      name: names.catalog,
      major: Number(wantedMajor(spec)),
    },
    enableSuperuserAccess: false,
    enablePDB: true,
    primaryUpdateStrategy: "unsupervised",
    primaryUpdateMethod: "switchover",
    bootstrap: {
      initdb: { database: spec.databaseName, owner: spec.databaseName, dataChecksums: true },
    },
    postgresql: {
      parameters: {
        max_connections: String(maxConnections),
        shared_buffers: `${memoryGiB * 256}MB`,
        effective_cache_size: `${memoryGiB * 768}MB`,
        archive_timeout: "5min",
        ssl_min_protocol_version: "TLSv1.3",
        "pgaudit.log": "ddl,role",
        log_disconnections: "on",
        log_lock_waits: "on",
        log_min_duration_statement: "1000",
        ...slotParameters(spec),
      },
      // The operator adds its rules after these, and they would allow clients without TLS.
      pg_hba: ["hostnossl all all all reject", ...slotRules(spec), ...tenantRules(spec)],
      synchronous: { method: "any", number: 1, dataDurability: "required", failoverQuorum: true },
    },
    storage: { size: quantity(storage.data), ...storageClass },
    walStorage: { size: quantity(storage.wal), ...storageClass },
    // Requests equal limits, so that databases are evicted last.
    resources: { requests: amount, limits: amount },
    priorityClassName: priorityClasses.stateful.name,
    affinity: {
      enablePodAntiAffinity: true,
      podAntiAffinityType: "preferred",
      topologyKey: zoneLabel,
      nodeSelector: { [classLabel]: "stateful" },
      tolerations: [{ key: classLabel, operator: "Exists" }],
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: zoneLabel,
        whenUnsatisfiable: "DoNotSchedule",
        // Poolers have the cluster's label too. Jobs count: their volume fixes the zone of the instance.
        labelSelector: {
          matchLabels: { [clusterLabel]: names.cluster },
          matchExpressions: [{ key: instanceLabel, operator: "Exists" }],
        },
      },
    ],
    replicationSlots: {
      highAvailability: {
        enabled: true,
        ...(spec.logicalReplication ? { synchronizeLogicalDecoding: true } : {}),
      },
    },
    // Clients verify the name of the pooler, which presents the instances' certificate.
    certificates: { serverAltDNSNames: serviceNames(names.pooler, names.namespace) },
    seccompProfile: { type: "RuntimeDefault" },
    monitoring: { tls: { enabled: true } },
    plugins: [
      {
        name: barmanPlugin,
        enabled: true,
        isWALArchiver: true,
        parameters: {
          barmanObjectName: names.archive,
          // The default is the name of the cluster.
          ...(names.server === names.cluster ? {} : { serverName: names.server }),
        },
      },
    ],
  };
}

/**
 * Users of tenants have certificates, and connect to the database of which they are in the group of the same name, and to no other.
 * Source: PostgreSQL, "The pg_hba.conf File".
 */
function tenantRules({ tenants }: OnpremDatabaseSpec): string[] {
  if (!tenants) return [];
  return [`hostssl samerole +${tenantsGroup} all cert`, `hostssl all +${tenantsGroup} all reject`];
}

/** The names of a service within the cluster. */
function serviceNames(service: string, namespace: string): string[] {
  return ["", `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.cluster.local`].map(
    (suffix) => `${service}${suffix}`,
  );
}

/** The store of base backups and write-ahead logs. */
export function objectStore({ archive, backups }: OnpremDatabaseSpec) {
  const { credentialsSecret: name, authoritySecret } = archive;
  return {
    retentionPolicy: `${backups.retentionDays}d`,
    configuration: {
      destinationPath: archive.path,
      endpointURL: archive.endpoint,
      ...(authoritySecret === undefined
        ? {}
        : { endpointCA: { name: authoritySecret, key: "ca.crt" } }),
      s3Credentials: {
        accessKeyId: { name, key: "ACCESS_KEY_ID" },
        secretAccessKey: { name, key: "ACCESS_SECRET_KEY" },
      },
      wal: { compression: "gzip", maxParallel: 4 },
      data: { compression: "gzip" },
    },
    instanceSidecarConfiguration: {
      resources: {
        requests: { cpu: "100m", memory: "256Mi" },
        limits: { cpu: "1", memory: "512Mi" },
      },
    },
  };
}

/** A daily base backup. The first of the six cron fields is seconds. */
export function scheduledBackup(spec: OnpremDatabaseSpec, names: OnpremNames) {
  return {
    schedule: `0 0 ${backupHour(spec)} * * *`,
    immediate: true,
    backupOwnerReference: "self",
    cluster: { name: names.cluster },
    method: "plugin",
    pluginConfiguration: { name: barmanPlugin },
    // Reduces the load of the primary.
    target: "prefer-standby",
  };
}

/** PgBouncer in front of the primary. */
export function pooler(
  { pooler: { instances, mode, clients }, size, otherConnections }: OnpremDatabaseSpec,
  names: OnpremNames,
) {
  const perInstance = Math.floor(
    connectionsForClients("onprem", size, otherConnections) / instances,
  );
  return {
    cluster: { name: names.cluster },
    type: "rw",
    instances,
    pgbouncer: {
      poolMode: mode,
      parameters: {
        max_client_conn: String(clients),
        default_pool_size: String(perInstance),
        // One user of a database can use the whole share; all users together no more.
        max_db_connections: String(perInstance),
        client_tls_sslmode: "require",
      },
    },
    template: {
      spec: {
        containers: [
          {
            name: "pgbouncer",
            resources: { requests: { cpu: "250m", memory: "128Mi" }, limits: { memory: "256Mi" } },
          },
        ],
        priorityClassName: priorityClasses.stateful.name,
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: zoneLabel,
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: { [poolerLabel]: names.pooler } },
          },
        ],
      },
    },
  };
}
