// Combinations of Google Cloud data services. That they refuse the same is known from the listed sources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkInputs, resourceSchema } from "../../../simulator/schema/index.ts";

type Bag = Record<string, unknown>;
function said(type: string, inputs: Bag): string {
  const schema = resourceSchema(type);
  assert.ok(schema, type);
  return checkInputs(schema, inputs)
    .map(({ property, reason }) => `${property}: ${reason}`)
    .join("\n");
}

const sql = "gcp:sql/databaseInstance:DatabaseInstance";
const valkey = "gcp:memorystore/instance:Instance";
const kafka = "gcp:managedkafka/cluster:Cluster";
const bucket = "gcp:storage/bucket:Bucket";

const database = (settings: Bag, more: Bag = {}): Bag => ({
  databaseVersion: "POSTGRES_17",
  ...more,
  settings: { edition: "ENTERPRISE_PLUS", tier: "db-perf-optimized-N-2", ...settings },
});
const logged = { enabled: true, pointInTimeRecoveryEnabled: true };
const cache = { instanceId: "cache", location: "europe-west1", shardCount: 1 };
const brokers = (vcpuCount: string, gibibytes: number): Bag => ({
  clusterId: "stream",
  location: "europe-west1",
  capacityConfig: { vcpuCount, memoryBytes: String(gibibytes * 2 ** 30) },
  gcpConfig: {
    accessConfig: { networkConfigs: [{ subnet: "projects/p/regions/r/subnetworks/s" }] },
  },
});

const cases: [what: string, type: string, right: Bag, wrong: Bag, reason: RegExp][] = [
  [
    "a machine type of the other edition",
    sql,
    database({ edition: "ENTERPRISE", tier: "db-custom-4-16384" }),
    database({ tier: "db-custom-4-16384" }),
    /settings\.tier: is not a machine type of edition ENTERPRISE_PLUS/,
  ],
  [
    "a machine type that the edition does not have",
    sql,
    database({}),
    database({ edition: "ENTERPRISE" }),
    /settings\.tier: is a machine type of edition ENTERPRISE_PLUS only/,
  ],
  [
    "a data cache without its edition",
    sql,
    database({ dataCacheConfig: { dataCacheEnabled: true } }),
    database({
      edition: "ENTERPRISE",
      tier: "db-custom-4-16384",
      dataCacheConfig: { dataCacheEnabled: true },
    }),
    /dataCacheEnabled: requires edition/,
  ],
  [
    "logs for longer than the edition keeps them",
    sql,
    database({ backupConfiguration: { ...logged, transactionLogRetentionDays: 35 } }),
    database({
      edition: "ENTERPRISE",
      tier: "db-custom-4-16384",
      backupConfiguration: { ...logged, transactionLogRetentionDays: 8 },
    }),
    /transactionLogRetentionDays: must be 1 to 7/,
  ],
  [
    "a standby without logs",
    sql,
    database({ availabilityType: "REGIONAL", backupConfiguration: logged }),
    database({ availabilityType: "REGIONAL", backupConfiguration: { enabled: true } }),
    /availabilityType: REGIONAL requires backups/,
  ],
  [
    "an instance without any connectivity",
    sql,
    database({ ipConfiguration: { ipv4Enabled: false, pscConfigs: [{ pscEnabled: true }] } }),
    database({ ipConfiguration: { ipv4Enabled: false } }),
    /ipConfiguration: requires a public IP address/,
  ],
  [
    "shards without a cluster",
    valkey,
    { ...cache, mode: "CLUSTER", shardCount: 3 },
    { ...cache, mode: "CLUSTER_DISABLED", shardCount: 3 },
    /shardCount: must be 1 with CLUSTER_DISABLED/,
  ],
  [
    "many replicas without a cluster",
    valkey,
    { ...cache, mode: "CLUSTER_DISABLED", replicaCount: 2 },
    { ...cache, mode: "CLUSTER_DISABLED", replicaCount: 3 },
    /replicaCount: must be at most 2/,
  ],
  ["too few processors", kafka, brokers("3", 12), brokers("2", 8), /vcpuCount: must be at least 3/],
  [
    "memory that does not fit its processors",
    kafka,
    brokers("3", 24),
    brokers("3", 25),
    /memoryBytes: must be 1 to 8 GiB for each of 3 vCPUs/,
  ],
  [
    "storage class changes together with autoclass",
    bucket,
    { location: "EU", autoclass: { enabled: true } },
    {
      location: "EU",
      autoclass: { enabled: true },
      lifecycleRules: [
        { action: { type: "SetStorageClass", storageClass: "NEARLINE" }, condition: { age: 30 } },
      ],
    },
    /lifecycleRules: cannot change the storage class/,
  ],
];

describe("invalid combinations", () => {
  for (const [what, type, right, wrong, reason] of cases) {
    test(what, () => {
      assert.equal(said(type, right), "");
      assert.match(said(type, wrong), reason);
    });
  }

  test("a replica can have a standby without logs", () => {
    const replica = database({ availabilityType: "REGIONAL" }, { masterInstanceName: "first" });
    assert.equal(said(sql, replica), "");
  });
});
