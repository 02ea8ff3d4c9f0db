/** What changes of a database's settings do to a deployed database. */
import {
  type Changes,
  type Holder,
  inPlace,
  losesBelow,
  losesBy,
  never,
  renews,
  replaces,
  upwards,
} from "../section/changes.ts";

const all = "the database with its data";

/** The major version that is deployed, or being upgraded to. */
function major({ version, upgrade }: Holder): number {
  const to = (upgrade as { to?: string } | undefined)?.to;
  return Number(to ?? version);
}

const common: Changes = {
  ...never(
    {
      source: "a major version upgrade needs an approval",
      instead: "set `upgrade` to upgrade, and `version` afterwards; there is no downgrade",
      accepts: (before, after) => Number(after.version) === major(before),
    },
    "version",
  ),
  ...upwards(
    {
      source: "PostgreSQL has no downgrade to an earlier major version",
      instead: "set `version` to the new version when the upgrade is done, and keep it",
      accepts: (before, after) => major(after) >= major(before),
    },
    "upgrade",
    "upgrade.to",
  ),
  ...inPlace("upgrade.approvedBy", "upgrade.change"),
  ...inPlace("size", "connections", "objectives", "maintenance"),
  ...losesBelow("older backups", "backups.retentionDays"),
};

const logs = losesBelow("older log entries", "logRetentionDays");

export const databaseChanges = {
  aws: {
    ...common,
    ...logs,
    ...replaces(all, "databaseName"),
    ...renews("proxy"),
    ...inPlace("readReplicas", "insights", "masterPassword"),
    ...never(
      {
        source: "RDS does not manage the password of a cluster that is in a global database",
        instead:
          'set masterPassword to "stored" in the same change, and remove it in the next; then remove the replica of the master secret with `aws secretsmanager remove-regions-from-replication`',
        accepts: (before, after) =>
          before.replicateTo === undefined ||
          after.replicateTo !== undefined ||
          after.masterPassword === "stored",
      },
      "replicateTo",
    ),
    ...replaces("the copy in the other cell, which is made again", "replicateTo.cell"),
    ...inPlace("replicateTo.rpo", "replicateTo.rto"),
  },
  gcp: {
    ...common,
    ...replaces(all, "databaseName", "generation"),
    ...inPlace("replicateTo", "requireConnector", "edition"),
    ...losesBelow("the addresses of the read replicas that are removed", "readReplicas"),
    ...never(
      {
        source: "the initial size only: Cloud SQL grows the disk, and never shrinks it",
        instead: "keep the value; the disk grows automatically",
      },
      "diskGiB",
    ),
  },
  onprem: {
    ...common,
    ...never(
      {
        source: "CloudNativePG: the first database is made once",
        instead: "create another database in SQL",
      },
      "databaseName",
    ),
    ...replaces(all, "namespace"),
    ...upwards(
      { source: "CloudNativePG: existing storage cannot shrink", instead: "keep the size" },
      "storage.data",
      "storage.wal",
    ),
    ...never(
      {
        source: "Kubernetes: the class of existing volumes cannot change",
        instead: "keep the class",
      },
      "storage.className",
    ),
    ...inPlace(
      "replicateTo",
      "readReplicas",
      "operator",
      "archive.endpoint",
      "archive.credentialsSecret",
      "archive.authoritySecret",
      "pooler",
      "clientNamespaces",
      "podMonitor",
    ),
    ...losesBy("point-in-time recovery to before the change", "archive.path", "generation"),
  },
} as const satisfies Readonly<Record<string, Changes>>;
