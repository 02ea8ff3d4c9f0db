// What is registered with the engine. Does not prove that Cloud SQL accepts this combination of settings, or that its endpoint
// works.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GcpDatabase, type GcpDatabaseArgs } from "../../../components/database/gcp.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { gcpArgs, gcpSpec } from "./fixture.ts";

const instanceType = "gcp:sql/databaseInstance:DatabaseInstance";
const build = (changed: Partial<GcpDatabaseArgs> = {}) =>
  inventory(() => new GcpDatabase("database", { ...gcpArgs, ...changed }));

type Settings = Record<string, Record<string, unknown>>;
const settingsOf = ({ inputs }: Registered) => inputs.settings as Settings;

describe("what a database on GCP registers", async () => {
  const all = await build();
  const instance = only(all, instanceType);
  const settings = settingsOf(instance);

  test("an instance, its first database, and an endpoint with a DNS name", () => {
    assert.deepEqual(counts(all), {
      "atoll:database:GcpDatabase": 1,
      "atoll:database:GcpDatabaseEndpoint": 1,
      "gcp:compute/address:Address": 1,
      "gcp:compute/forwardingRule:ForwardingRule": 1,
      "gcp:dns/managedZone:ManagedZone": 1,
      "gcp:dns/recordSet:RecordSet": 1,
      "gcp:sql/database:Database": 1,
      [instanceType]: 1,
    });
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(all), []);
  });

  test("it has no public address and accepts only TLS through connectors", () => {
    assert.deepEqual(settings.ipConfiguration, {
      ipv4Enabled: false,
      sslMode: "ENCRYPTED_ONLY",
      pscConfigs: [{ pscEnabled: true, allowedConsumerProjects: ["acme-prod"] }],
    });
    assert.equal(settings.connectorEnforcement, "REQUIRED");
    assert.equal(instance.inputs.rootPassword, undefined);
  });

  test("a standby in another zone has every commit, and point-in-time recovery covers 35 days", () => {
    assert.equal(settings.availabilityType, "REGIONAL");
    assert.deepEqual(settings.backupConfiguration, {
      enabled: true,
      startTime: "02:00",
      location: "europe-west1",
      pointInTimeRecoveryEnabled: true,
      transactionLogRetentionDays: 35,
      backupRetentionSettings: { retentionUnit: "COUNT", retainedBackups: 35 },
    });
    assert.deepEqual(settings.maintenanceWindow, { day: 7, hour: 4, updateTrack: "stable" });
  });

  test("IAM authentication and pgAudit are enabled, and connections are those of the size", () => {
    const flags = Object.fromEntries(
      (settings.databaseFlags as unknown as { name: string; value: string }[]).map(
        ({ name, value }) => [name, value],
      ),
    );
    assert.equal(flags["cloudsql.iam_authentication"], "on");
    assert.equal(flags["cloudsql.enable_pgaudit"], "on");
    assert.equal(flags.max_connections, "500");
    assert.equal(flags.log_min_duration_statement, "-1");
  });

  test("disks are encrypted with a customer-managed key", () => {
    assert.equal(instance.inputs.encryptionKeyName, gcpArgs.keys.data);
  });

  test("the endpoint has the instance's DNS name", () => {
    const zone = only(all, "gcp:dns/managedZone:ManagedZone").inputs;
    const record = only(all, "gcp:dns/recordSet:RecordSet").inputs;
    assert.match(String(zone.dnsName), /\.europe-west1\.sql\.goog\.$/);
    assert.equal(record.name, zone.dnsName);
    assert.match(
      String(only(all, "gcp:compute/forwardingRule:ForwardingRule").inputs.target),
      /serviceAttachments\/a-/,
    );
  });

  test("it has ownership labels", () => {
    assert.equal(settings.userLabels?.["cost-centre"], "cc-1000");
    assert.equal(settings.userLabels?.component, "database");
  });

  test("a permanent one is protected three times, and a major version does not change without an upgrade", () => {
    assert.equal(instance.inputs.deletionProtection, true);
    assert.equal(settings.deletionProtectionEnabled, true);
    assert.deepEqual([instance.protect, instance.retainOnDelete], [true, true]);
    assert.deepEqual(instance.ignoreChanges, ["settings.diskSize", "databaseVersion"]);
  });
});

describe("what settings of a database on GCP change", () => {
  test("an ephemeral one can be destroyed at once", async () => {
    const all = await build({ retain: false });
    const instance = only(all, instanceType);
    assert.equal(instance.inputs.deletionProtection, false);
    assert.equal(settingsOf(instance).deletionProtectionEnabled, false);
    assert.ok(all.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
    assert.equal(only(all, "gcp:sql/database:Database").inputs.deletionPolicy, "ABANDON");
  });

  test("an approved upgrade is planned", async () => {
    const upgrade = { to: "18", approvedBy: "dba", change: "CHG-1" } as const;
    const instance = only(await build({ spec: { ...gcpSpec, upgrade } }), instanceType);
    assert.equal(instance.inputs.databaseVersion, "POSTGRES_18");
    assert.deepEqual(instance.ignoreChanges, ["settings.diskSize"]);
  });

  test("the smaller edition has its own machine types, no data cache and a week of point-in-time recovery", async () => {
    const all = await build({
      spec: { ...gcpSpec, edition: "ENTERPRISE", backups: { retentionDays: 7 } },
    });
    const settings = settingsOf(only(all, instanceType));
    assert.equal(settings.tier, "db-custom-4-16384");
    assert.equal(settings.dataCacheConfig, undefined);
  });

  test("each replica has its own endpoint", async () => {
    const all = await build({ spec: { ...gcpSpec, readReplicas: 2 } });
    assert.deepEqual(refusals(all), []);
    const replicas = all.filter(({ inputs }) => inputs.masterInstanceName !== undefined);
    assert.deepEqual(
      replicas.map(({ name, inputs }) => [name, inputs.name, inputs.masterInstanceName]),
      [1, 2].map((n) => [
        `database-replica-${n}`,
        `prod-gcp-euw1-database-replica-${n}`,
        "prod-gcp-euw1-database",
      ]),
    );
    assert.equal(all.filter(({ type }) => type.endsWith(":ForwardingRule")).length, 3);
    // In the primary's region a replica uses the primary's key, without an argument for it.
    for (const { inputs } of replicas) assert.equal(inputs.encryptionKeyName, undefined);
  });

  test("a new generation has a new name", async () => {
    const instance = only(await build({ spec: { ...gcpSpec, generation: 2 } }), instanceType);
    assert.equal(instance.inputs.name, "prod-gcp-euw1-database-2");
  });
});
