/** What changes of a cache's settings do to a deployed cache. */
import {
  type Changes,
  entriesOf,
  type Holder,
  inPlace,
  losesBelow,
  never,
  replaces,
  upwards,
} from "../section/changes.ts";
import { awsCapacities } from "./capacity.ts";

const data = "the cached data";

const common: Changes = {
  ...inPlace("dataGiB", "replicas", "eviction", "maintenance"),
};

const users: Changes = {
  ...entriesOf("the access of the user's clients", "users"),
  ...inPlace("users.*.access", "users.*.keys"),
};

const snapshots = losesBelow("older snapshots", "snapshots.retentionDays");

const version = upwards(
  { source: "Valkey does not read the data of a newer version", instead: "keep the version" },
  "version",
);

/** Whether a cache of this size has several shards. */
function isClustered({ size }: Holder): boolean {
  return Object.entries(awsCapacities).some(([name, { shards }]) => name === size && shards > 1);
}

export const cacheChanges = {
  aws: {
    ...common,
    ...users,
    ...snapshots,
    ...version,
    ...never(
      {
        source:
          "ElastiCache API reference, ClusterMode: not from disabled to enabled at once, nor back",
        instead: "add another cache of that size in `caches`, and move clients to it",
        accepts: (before, after) => isClustered(before) === isClustered(after),
      },
      "size",
    ),
    ...losesBelow("older log entries", "logRetentionDays"),
  },
  gcp: {
    ...common,
    ...snapshots,
    ...version,
    ...replaces(`${data}, if the size changes between one shard and several`, "size"),
    ...inPlace("connectionPolicy"),
  },
  onprem: {
    ...common,
    ...users,
    ...version,
    ...replaces(data, "namespace"),
    ...inPlace("size", "passwordsSecret", "issuer", "clientNamespaces"),
    ...never(
      {
        source: "Kubernetes: the volume claims of a StatefulSet cannot change",
        instead: "keep the storage, or deploy the cache in another namespace",
      },
      "storage.size",
      "storage.className",
    ),
  },
} as const satisfies Readonly<Record<string, Changes>>;
