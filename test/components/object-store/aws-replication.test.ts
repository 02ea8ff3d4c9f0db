// Registered resources. Whether S3 replicates and retains objects is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { refusals } from "../../support/accepted.ts";
import { inventory, only } from "../../support/inventory.ts";
import { awsKey, awsStore, otherAwsKey } from "./fixture.ts";
import { type Document, statements } from "./statements.ts";

describe("a locked bucket", async () => {
  const resources = await inventory(() =>
    awsStore({
      buckets: {
        contracts: { lock: { mode: "compliance", days: 2557 }, replicateTo: { cell: "aws-euw1" } },
      },
    }),
  );

  test("is locked from the start, after versioning", () => {
    const bucket = only(resources, "aws:s3/bucket:Bucket", "store-contracts");
    assert.equal(bucket.inputs.objectLockEnabled, true);
    const lock = only(
      resources,
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    );
    assert.deepEqual(lock.inputs.rule, { defaultRetention: { mode: "COMPLIANCE", days: 2557 } });
    assert.ok(lock.dependsOn.some((urn) => urn.includes("BucketVersioning")));
  });

  test("that exists without a lock is not replaced", () => {
    const bucket = only(resources, "aws:s3/bucket:Bucket", "store-contracts");
    assert.deepEqual(bucket.ignoreChanges, ["objectLockEnabled"]);
  });

  test("replicates with its locks", () => {
    const { ReadVersions } = statements(
      resources,
      "aws:iam/rolePolicy:RolePolicy",
      "store-contracts-replication-role-policy",
    );
    assert.match(JSON.stringify(ReadVersions?.Action), /"s3:GetObjectRetention"/);
  });

  test("is accepted by the embedded cloud's schemas", () => {
    assert.deepEqual(refusals(resources), []);
  });
});

describe("replication", async () => {
  const resources = await inventory(() =>
    awsStore({ buckets: { uploads: { replicateTo: { cell: "aws-euw1" } } } }),
  );
  const target = "arn:aws:s3:::prod-aws-euw1-uploads-111122223333";

  test("targets the bucket with the same key in the other cell, with that cell's KMS key, within 15 minutes", () => {
    const { inputs, ...configuration } = only(
      resources,
      "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    );
    const policy = "::store-uploads-replication-role-policy";
    assert.ok(configuration.dependsOn.some((urn) => urn.endsWith(policy)));
    assert.deepEqual(inputs.rules, [
      {
        id: "all",
        status: "Enabled",
        priority: 0,
        filter: {},
        deleteMarkerReplication: { status: "Enabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: {
          bucket: target,
          storageClass: "STANDARD",
          encryptionConfiguration: { replicaKmsKeyId: otherAwsKey },
          replicationTime: { status: "Enabled", time: { minutes: 15 } },
          metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
        },
      },
    ]);
    const { dependsOn } = only(resources, "atoll:object-store:AwsReplication");
    assert.ok(dependsOn.some((urn) => urn.endsWith("::store-uploads-versions")));
  });

  test("has a role that can only read this bucket and write to the target", () => {
    const role = only(resources, "aws:iam/role:Role").inputs;
    const trust = JSON.parse(String(role.assumeRolePolicy)) as Document;
    assert.deepEqual(trust.Statement[0]?.Condition, {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:s3:::prod-aws-use1-uploads-111122223333" },
    });
    const policy = statements(
      resources,
      "aws:iam/rolePolicy:RolePolicy",
      "store-uploads-replication-role-policy",
    );
    for (const { Action, Resource } of Object.values(policy)) {
      assert.doesNotMatch(JSON.stringify(Action), /\*/);
      assert.notEqual(Resource, "*");
    }
    assert.equal(policy.WriteCopies?.Resource, `${target}/*`);
    assert.deepEqual([policy.Decrypt?.Resource, policy.Encrypt?.Resource], [awsKey, otherAwsKey]);
  });

  test("does not use Replication Time Control with an RPO of one day", async () => {
    const slow = await inventory(() =>
      awsStore({ buckets: { uploads: { replicateTo: { cell: "aws-euw1", rpo: "1 day" } } } }),
    );
    const { inputs } = only(slow, "aws:s3/bucketReplicationConfig:BucketReplicationConfig");
    const [rule] = inputs.rules as { destination: object }[];
    assert.deepEqual(Object.keys(rule?.destination ?? {}).sort(), [
      "bucket",
      "encryptionConfiguration",
      "storageClass",
    ]);
    assert.deepEqual(refusals(slow), []);
  });

  test("needs the other cell's key", async () => {
    await assert.rejects(
      inventory(() =>
        awsStore(
          { buckets: { uploads: { replicateTo: { cell: "aws-euw1" } } } },
          { replicaKeyArns: {} },
        ),
      ),
      /replicaKeyArns\.aws-euw1: must be the key/,
    );
  });
});
