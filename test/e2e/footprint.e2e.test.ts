// What these tests cannot prove: that the real clouds accept the footprint; see docs/rehearsal.md.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Atoll, changes, of } from "./atoll.ts";

const stacks = ["local", "local.aws-use1", "local.gcp-euw1", "local.onprem-sel"];

/** The main resource types of the platform, by stack. */
const services: Record<string, readonly string[]> = {
  local: ["aws:cloudtrail/trail:Trail", "gcp:logging/projectSink:ProjectSink"],
  "local.aws-use1": [
    "aws:msk/cluster:Cluster",
    "aws:mskconnect/connector:Connector",
    "aws:rds/cluster:Cluster",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:s3/bucket:Bucket",
    "aws:secretsmanager/secret:Secret",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  ],
  "local.gcp-euw1": [
    "gcp:managedkafka/cluster:Cluster",
    "gcp:managedkafka/connector:Connector",
    "gcp:sql/databaseInstance:DatabaseInstance",
    "gcp:memorystore/instance:Instance",
    "gcp:storage/bucket:Bucket",
    "gcp:secretmanager/secret:Secret",
  ],
  "local.onprem-sel": [
    "kubernetes:kafka.strimzi.io/v1:Kafka",
    "kubernetes:postgresql.cnpg.io/v1:Cluster",
    "kubernetes:external-secrets.io/v1:ClusterSecretStore",
    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
  ],
};

describe("the sample footprint, from creation to deletion", () => {
  const atoll = new Atoll();
  before(async () => {
    const ended = await atoll.run(["start"]);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  });
  after(() => atoll.remove());

  test("is deployed: the engine's state and the cloud have the same resources", () => {
    const deployed = atoll.deployed().map(({ urn }) => urn);
    const managed = stacks.flatMap((stack) => atoll.managed(stack));
    assert.ok(managed.length > 450, `${managed.length} resources`);
    assert.deepEqual(new Set(deployed), new Set(managed));
    assert.equal(deployed.length, managed.length);
  });

  test("has the services of its manifests, in the right stacks", () => {
    for (const [stack, types] of Object.entries(services)) {
      const managed = atoll.managed(stack);
      for (const type of types)
        assert.ok(
          managed.some((urn) => urn.includes(`${type}::`)),
          `${stack} has no ${type}`,
        );
    }
  });

  test("reports no changes when it is started again", async () => {
    const { code, stdout } = await atoll.run(["start"]);
    assert.equal(code, 0);
    assert.match(stdout, /no changes: environment local matches its manifests/i);
    for (const stack of stacks) assert.ok(stdout.includes(stack), stdout);
  });

  test("has no changes in a preview", async () => {
    const run = await atoll.json(["preview", "local"]);
    for (const stack of stacks) assert.deepEqual(changes(run, stack), {}, stack);
  });

  test("is destroyed by one command, and nothing is left", async () => {
    const refused = await atoll.run(["destroy", "local"]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /--yes/);
    const run = await atoll.json(["destroy", "local", "--yes"]);
    for (const stack of stacks) assert.equal(of(run, stack).status, "done");
    assert.ok(!existsSync(atoll.rehearsal()), "the rehearsal's folder is deleted");
  });
});
