// What is registered with the engine. Does not prove that Memorystore accepts this combination of settings.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GcpCache, type GcpCacheArgs } from "../../../components/cache/gcp.ts";
import { addressOf, certificatesOf } from "../../../components/cache/gcp-endpoints.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { gcpArgs, gcpSpec } from "./fixture.ts";

const instanceType = "gcp:memorystore/instance:Instance";
const policyType = "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy";
const build = (changed: Partial<GcpCacheArgs> = {}) =>
  inventory(() => new GcpCache("cache", { ...gcpArgs, ...changed }));

describe("what a cache on GCP registers", async () => {
  const all = await build();
  const instance = only(all, instanceType);
  const { inputs } = instance;

  test("an instance and its service connection policy", () => {
    assert.deepEqual(counts(all), {
      "atoll:cache:GcpCache": 1,
      [instanceType]: 1,
      [policyType]: 1,
    });
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(all), []);
  });

  test("authentication uses IAM, over TLS, at an address in the network", () => {
    assert.equal(inputs.authorizationMode, "IAM_AUTH");
    assert.equal(inputs.transitEncryptionMode, "SERVER_AUTHENTICATION");
    assert.deepEqual(inputs.desiredAutoCreatedEndpoints, [
      { network: gcpArgs.network.networkId, projectId: "acme-prod" },
    ]);
    const policy = only(all, policyType);
    assert.equal(policy.inputs.serviceClass, "gcp-memorystore");
    assert.ok(instance.dependsOn.includes(policy.urn));
  });

  test("it is in several zones, with snapshots and backups encrypted with a customer-managed key", () => {
    assert.deepEqual(inputs.zoneDistributionConfig, { mode: "MULTI_ZONE" });
    assert.deepEqual([inputs.shardCount, inputs.replicaCount], [1, 1]);
    assert.equal(inputs.kmsKey, gcpArgs.keys.data);
    assert.deepEqual(inputs.persistenceConfig, {
      mode: "RDB",
      rdbConfig: { rdbSnapshotPeriod: "TWELVE_HOURS" },
    });
    assert.deepEqual(inputs.automatedBackupConfig, {
      fixedFrequencySchedule: { startTime: { hours: 3 } },
      retention: "604800s",
    });
  });

  test("a permanent one is protected", () => {
    assert.equal(inputs.deletionProtectionEnabled, true);
    assert.deepEqual([instance.protect, instance.retainOnDelete], [true, true]);
  });
});

describe("what settings of a cache on GCP change", () => {
  test("an ephemeral one can be destroyed at once", async () => {
    const all = await build({ retain: false });
    assert.equal(only(all, instanceType).inputs.deletionProtectionEnabled, false);
    assert.ok(all.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
  });

  test("a large one is a cluster; an existing policy is not created; another major version is another engine version", async () => {
    const all = await build({
      spec: { ...gcpSpec, size: "large", connectionPolicy: "present", version: "9" },
    });
    const { inputs } = only(all, instanceType);
    assert.deepEqual(
      [inputs.mode, inputs.shardCount, inputs.engineVersion],
      ["CLUSTER", 3, "VALKEY_9_0"],
    );
    assert.ok(all.every(({ type }) => type !== policyType));
    assert.deepEqual(refusals(all), []);
  });

  test("clients of a cluster use its discovery endpoint, others the primary's and the replicas'", () => {
    const made = (...kinds: string[]) => [
      {
        connections: kinds.map((kind, index) => ({
          pscAutoConnection: {
            connectionType: `CONNECTION_TYPE_${kind}`,
            ipAddress: `10.0.0.${index + 1}`,
          },
        })),
      },
    ];
    const single = made("READER", "PRIMARY");
    assert.equal(addressOf("PRIMARY", single), "10.0.0.2");
    assert.equal(addressOf("READER", single), "10.0.0.1");
    assert.equal(addressOf("DISCOVERY", made("DISCOVERY")), "10.0.0.1");
    assert.equal(addressOf("DISCOVERY", single), "");
    assert.equal(addressOf("PRIMARY", undefined), "");
  });

  test("the certificate authorities are an output", () => {
    const given = [{ caCerts: [{ certificates: ["leaf", "root"] }, { certificates: ["next"] }] }];
    assert.deepEqual(certificatesOf(given), ["leaf", "root", "next"]);
    assert.deepEqual(certificatesOf(undefined), []);
  });
});
