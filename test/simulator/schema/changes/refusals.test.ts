// Updates that a provider plans and a service refuses. Not proven here: that a real service refuses the same.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aws } from "../../../../simulator/schema/changes/aws.ts";
import { gcp } from "../../../../simulator/schema/changes/gcp.ts";
import { refusedUpdate, unknownValue } from "../../../../simulator/schema/index.ts";
import { playedCloud } from "../../../support/played-cloud.ts";

type Bag = Record<string, unknown>;

const kind = (group: string, kind: string) => `kubernetes:${group}:${kind}`;
const pool = kind("kafka.strimzi.io/v1", "KafkaNodePool");
const volumes = (size: string, storageClass = "fast") => ({
  spec: { storage: { volumes: [{ size, class: storageClass }] } },
});

/** By type: updates that the service refuses, each with words of its reason; and ones that it accepts. */
const updates: readonly (readonly [string, Bag, Bag, RegExp | undefined])[] = [
  ["aws:budgets/budget:Budget", { limitUnit: "USD" }, { limitUnit: "EUR" }, /currency/],
  ["aws:budgets/budget:Budget", { limitAmount: "2" }, { limitAmount: "1" }, undefined],
  ["aws:eks/cluster:Cluster", { version: "1.35" }, { version: "1.34" }, /cannot go back/],
  ["aws:eks/cluster:Cluster", { version: "1.33" }, { version: "1.35" }, /one minor version/],
  ["aws:eks/cluster:Cluster", { version: "1.34" }, { version: "1.35" }, undefined],
  [
    "aws:eks/cluster:Cluster",
    { accessConfig: { authenticationMode: "API" } },
    { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } },
    /from API to API_AND_CONFIG_MAP/,
  ],
  ["aws:eks/nodeGroup:NodeGroup", { version: "1.35" }, { version: "1.34" }, /cannot go back/],
  [
    "aws:msk/cluster:Cluster",
    { kafkaVersion: "4.1.x.kraft" },
    { kafkaVersion: "4.0.x.kraft" },
    /go back/,
  ],
  [
    "aws:msk/cluster:Cluster",
    { kafkaVersion: "4.0.x.kraft" },
    { kafkaVersion: "4.1.x.kraft" },
    undefined,
  ],
  ["aws:msk/cluster:Cluster", { numberOfBrokerNodes: 6 }, { numberOfBrokerNodes: 3 }, /partitions/],
  [
    "aws:msk/cluster:Cluster",
    { numberOfBrokerNodes: 3 },
    { numberOfBrokerNodes: unknownValue },
    undefined,
  ],
  [
    "aws:msk/cluster:Cluster",
    { brokerNodeGroupInfo: { storageInfo: { ebsStorageInfo: { volumeSize: 100 } } } },
    { brokerNodeGroupInfo: { storageInfo: { ebsStorageInfo: { volumeSize: 50 } } } },
    /only be increased/,
  ],
  ["aws:msk/topic:Topic", { partitionCount: 12 }, { partitionCount: 6 }, /not removed/],
  ["aws:msk/topic:Topic", { partitionCount: 6 }, { partitionCount: 12 }, undefined],
  ["aws:rds/cluster:Cluster", { engineVersion: "17" }, { engineVersion: "18" }, /AllowMajor/],
  [
    "aws:rds/cluster:Cluster",
    { engineVersion: "18" },
    { engineVersion: "17", allowMajorVersionUpgrade: true },
    /go back/,
  ],
  [
    "aws:rds/cluster:Cluster",
    { engineVersion: "17" },
    { engineVersion: "18", allowMajorVersionUpgrade: true },
    undefined,
  ],
  ["aws:rds/cluster:Cluster", { engineVersion: "17.9" }, { engineVersion: "17" }, undefined],
  ["aws:rds/cluster:Cluster", {}, { globalClusterIdentifier: "g" }, /cannot be added/],
  [
    "aws:rds/cluster:Cluster",
    { globalClusterIdentifier: "f" },
    { globalClusterIdentifier: "g" },
    /migrated/,
  ],
  ["aws:rds/cluster:Cluster", { globalClusterIdentifier: "g" }, {}, undefined],
  [
    "aws:rds/cluster:Cluster",
    { globalClusterIdentifier: "g" },
    { globalClusterIdentifier: "g", manageMasterUserPassword: true },
    /not supported/,
  ],
  [
    "aws:verifiedaccess/trustProvider:TrustProvider",
    { deviceOptions: { tenantId: "a" } },
    { deviceOptions: { tenantId: "b" } },
    /a would stay trusted/,
  ],
  [
    "gcp:billing/budget:Budget",
    { amount: { specifiedAmount: { currencyCode: "EUR" } } },
    { amount: { specifiedAmount: { currencyCode: "USD" } } },
    /billing account/,
  ],
  [
    "gcp:container/cluster:Cluster",
    { minMasterVersion: "1.35" },
    { minMasterVersion: "1.34" },
    /go back/,
  ],
  ["gcp:managedkafka/topic:Topic", { partitionCount: 12 }, { partitionCount: 6 }, /not removed/],
  [
    "gcp:memorystore/instance:Instance",
    { engineVersion: "VALKEY_9_0" },
    { engineVersion: "VALKEY_8_0" },
    /go back/,
  ],
  [
    "gcp:memorystore/instance:Instance",
    { engineVersion: "VALKEY_8_0" },
    { engineVersion: "VALKEY_9_0" },
    undefined,
  ],
  [
    "gcp:sql/databaseInstance:DatabaseInstance",
    { databaseVersion: "POSTGRES_18" },
    { databaseVersion: "POSTGRES_17" },
    /go back/,
  ],
  [
    "gcp:storage/bucket:Bucket",
    { retentionPolicy: { retentionPeriod: "60", isLocked: true } },
    { retentionPolicy: { retentionPeriod: "30", isLocked: true } },
    /locked retention policy from 60 to 30/,
  ],
  [
    "gcp:storage/bucket:Bucket",
    { retentionPolicy: { retentionPeriod: "60" } },
    { retentionPolicy: { retentionPeriod: "30" } },
    undefined,
  ],
  [
    kind("core/v1", "PersistentVolumeClaim"),
    { spec: { resources: { requests: { storage: "10Gi" } } } },
    { spec: { resources: { requests: { storage: "9000Mi" } } } },
    /shrink/,
  ],
  [
    kind("core/v1", "PersistentVolumeClaim"),
    { spec: { resources: { requests: { storage: "10Gi" } } } },
    { spec: { resources: { requests: { storage: "1Ti" } } } },
    undefined,
  ],
  [pool, volumes("100Gi"), volumes("50Gi"), /shrink/],
  [pool, volumes("100Gi"), volumes("100Gi", "slow"), /storage class/],
  [pool, { spec: { replicas: 4 } }, { spec: { replicas: 3 } }, /partitions/],
  [
    pool,
    { spec: { replicas: 3, roles: ["controller"] } },
    { spec: { replicas: 5, roles: ["controller"] } },
    /static quorum/,
  ],
  [
    kind("kafka.strimzi.io/v1", "KafkaTopic"),
    { spec: { partitions: 6 } },
    { spec: { partitions: 3 } },
    /Decreasing/,
  ],
  [
    kind("kafka.strimzi.io/v1", "KafkaTopic"),
    { spec: { replicas: 3 } },
    { spec: { replicas: 2 } },
    /Cruise Control/,
  ],
  [
    kind("kafka.strimzi.io/v1", "Kafka"),
    { spec: { kafka: { metadataVersion: "4.1" } } },
    { spec: { kafka: { metadataVersion: "4.0" } } },
    /downgraded/,
  ],
  [
    kind("postgresql.cnpg.io/v1", "Cluster"),
    { spec: { storage: { size: "20Gi" } } },
    { spec: { storage: { size: "10Gi" } } },
    /shrink/,
  ],
  [
    kind("postgresql.cnpg.io/v1", "Cluster"),
    { spec: { walStorage: { size: "20Gi" } } },
    { spec: {} },
    /cannot be disabled/,
  ],
  [
    kind("postgresql.cnpg.io/v1", "Cluster"),
    { spec: { imageCatalogRef: { major: 18 } } },
    { spec: { imageCatalogRef: { major: 17 } } },
    /downgraded/,
  ],
  [
    "kubernetes:helm.sh/v3:Release",
    { chart: "valkey", values: { replica: { persistence: { size: "10Gi" } } } },
    { chart: "valkey", values: { replica: { persistence: { size: "20Gi" } } } },
    /volumeClaimTemplates/,
  ],
];

describe("updates that a service refuses", () => {
  test("are refused with the reason, and others are not", () => {
    for (const [type, olds, news, words] of updates) {
      const reason = refusedUpdate(type, olds, news)?.reason;
      const at = `${type} ${JSON.stringify([olds, news])}: ${reason}`;
      if (words === undefined) assert.equal(reason, undefined, at);
      else assert.match(reason ?? "", words, at);
      assert.equal(refusedUpdate(type, news, news), undefined, at);
    }
  });

  test("all have a case here", () => {
    const types = Object.entries({ ...aws, ...gcp }).flatMap(([type, { refusals }]) =>
      refusals === undefined ? [] : [type],
    );
    assert.deepEqual(
      types.filter((type) => !updates.some(([one, , , words]) => one === type && words)),
      [],
    );
  });

  test("are refused in a preview, unless the resource is replaced anyway", () => {
    const cloud = playedCloud();
    const type = "aws:msk/topic:Topic";
    const asked = (inputs: Bag) => cloud.wanted(type, "orders", inputs);
    const old = { clusterArn: "arn:a", name: "orders", partitionCount: 12, replicationFactor: 3 };
    const diff = (inputs: Bag) => cloud.provider("aws").diff(asked(inputs), "x", old, old);
    try {
      assert.throws(() => diff({ ...old, partitionCount: 6 }), { code: "BadRequestException" });
      assert.equal(diff({ ...old, partitionCount: 6, replicationFactor: 2 }).changes.length, 2);
      assert.deepEqual(diff(old).changes, []);
    } finally {
      cloud.stop();
    }
  });
});
