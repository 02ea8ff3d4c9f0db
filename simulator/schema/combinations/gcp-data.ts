import type { Combination, Given } from "./combination.ts";

// Sources, 2026-08: Cloud SQL Admin API ("Introduction to Cloud SQL editions", "Configure high availability", "Configure
// point-in-time recovery"); Memorystore for Valkey, "Enable and disable Cluster Mode"; Managed Kafka API, CapacityConfig; Cloud
// Storage, "Autoclass".

const plus = "ENTERPRISE_PLUS";

/** Machine types that only the larger edition has. */
const plusTier = /^db-(?:perf-optimized|c4a)-/;

const databaseInstance: readonly Combination[] = [
  {
    property: "settings.tier",
    refuse: (given) => {
      const [tier, edition] = [given.text("settings.tier"), given.text("settings.edition")];
      if (tier === undefined || edition === undefined) return undefined;
      if (edition === plus && /^db-(?:custom|f1|g1)-/.test(tier))
        return `is not a machine type of edition ${plus}, got ${tier}`;
      return edition === "ENTERPRISE" && plusTier.test(tier)
        ? `is a machine type of edition ${plus} only, got ${tier}`
        : undefined;
    },
  },
  {
    property: "settings.dataCacheConfig.dataCacheEnabled",
    refuse: (given) =>
      given.is("settings.dataCacheConfig.dataCacheEnabled", true) &&
      given.is("settings.edition", "ENTERPRISE")
        ? `requires edition ${plus}`
        : undefined,
  },
  {
    property: "settings.backupConfiguration.transactionLogRetentionDays",
    refuse: (given) => {
      const days = given.number("settings.backupConfiguration.transactionLogRetentionDays");
      const most = given.is("settings.edition", plus) ? 35 : 7;
      if (days === undefined || (days >= 1 && days <= most)) return undefined;
      return given.at("settings.edition") === undefined && days <= 35
        ? undefined
        : `must be 1 to ${most} in this edition, got ${days}`;
    },
  },
  {
    property: "settings.availabilityType",
    refuse: (given) => {
      const standby = given.is("settings.availabilityType", "REGIONAL");
      const primary = !given.has("masterInstanceName") && !given.has("clone");
      const postgres = given.text("databaseVersion")?.startsWith("POSTGRES") === true;
      const logged = given.is("settings.backupConfiguration.pointInTimeRecoveryEnabled", true);
      const kept = given.is("settings.backupConfiguration.enabled", true);
      return standby && primary && postgres && !(kept && logged)
        ? "REGIONAL requires backups with point-in-time recovery"
        : undefined;
    },
  },
  {
    property: "settings.ipConfiguration",
    refuse: (given) => {
      const at = "settings.ipConfiguration";
      const closed = given.is(`${at}.ipv4Enabled`, false) && !given.has(`${at}.privateNetwork`);
      return closed && !given.is(`${at}.pscConfigs.0.pscEnabled`, true)
        ? "requires a public IP address, a private network or Private Service Connect"
        : undefined;
    },
  },
];

const memorystore: readonly Combination[] = [
  {
    property: "shardCount",
    refuse: (given) => {
      const shards = given.number("shardCount");
      return given.is("mode", "CLUSTER_DISABLED") && shards !== undefined && shards !== 1
        ? `must be 1 with CLUSTER_DISABLED, got ${shards}`
        : undefined;
    },
  },
  {
    property: "replicaCount",
    refuse: (given) => {
      const replicas = given.number("replicaCount");
      return given.is("mode", "CLUSTER_DISABLED") && replicas !== undefined && replicas > 2
        ? `must be at most 2 with CLUSTER_DISABLED, got ${replicas}`
        : undefined;
    },
  },
];

const kafkaCapacity: readonly Combination[] = [
  {
    property: "capacityConfig.vcpuCount",
    refuse: (given) => {
      const processors = given.number("capacityConfig.vcpuCount");
      return processors !== undefined && processors < 3
        ? `must be at least 3, got ${processors}`
        : undefined;
    },
  },
  { property: "capacityConfig.memoryBytes", refuse: memoryOf },
];

function memoryOf(given: Given): string | undefined {
  const processors = given.number("capacityConfig.vcpuCount");
  const bytes = given.number("capacityConfig.memoryBytes");
  if (processors === undefined || bytes === undefined) return undefined;
  const share = bytes / 2 ** 30 / processors;
  return share >= 1 && share <= 8
    ? undefined
    : `must be 1 to 8 GiB for each of ${processors} vCPUs, got ${bytes}`;
}

const bucket: readonly Combination[] = [
  {
    property: "lifecycleRules",
    refuse: (given) => {
      const moves = (given.list("lifecycleRules") ?? []).some((_, index) =>
        given.is(`lifecycleRules.${index}.action.type`, "SetStorageClass"),
      );
      return given.is("autoclass.enabled", true) && moves
        ? "cannot change the storage class if autoclass is enabled"
        : undefined;
    },
  },
];

/** Combinations of Google Cloud types that store data. */
export const gcpData: Readonly<Record<string, readonly Combination[]>> = {
  "gcp:managedkafka/cluster:Cluster": kafkaCapacity,
  "gcp:managedkafka/connectCluster:ConnectCluster": kafkaCapacity,
  "gcp:memorystore/instance:Instance": memorystore,
  "gcp:sql/databaseInstance:DatabaseInstance": databaseInstance,
  "gcp:storage/bucket:Bucket": bucket,
};
