// Errors of the embedded cloud, without engine. The words follow the clouds' own errors; not proven here: that a real cloud refuses
// exactly these cases.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Bag } from "../../simulator/wire.ts";
import { cloud, eachWithItsCloud, ROLE, refused, subnet, trust, vpc } from "./refused.ts";

eachWithItsCloud();

describe("deletion", () => {
  test("a resource that another one needs can be deleted only after that one", () => {
    const parent = vpc();
    const child = subnet(parent, "a", "10.0.0.0/24");
    refused(() => cloud.delete(parent), "DependencyViolation", /subnet-0/);
    cloud.delete(child);
    cloud.delete(parent);
    assert.deepEqual(cloud.store.all(), []);
  });

  test("Google reserves the names of databases and identity pools after their deletion", () => {
    const sql = "gcp:sql/databaseInstance:DatabaseInstance";
    const inputs = {
      name: "main",
      databaseVersion: "POSTGRES_17",
      deletionProtection: false,
      settings: { tier: "db-custom-4-16384" },
    };
    cloud.delete(cloud.make(sql, "db", inputs));
    refused(() => cloud.make(sql, "db", inputs), "alreadyExists", /'main' is reserved/);
    cloud.make(sql, "db", { ...inputs, name: "main-2" });
    const pool = "gcp:iam/workloadIdentityPool:WorkloadIdentityPool";
    cloud.delete(cloud.make(pool, "p", { workloadIdentityPoolId: "deployers" }));
    refused(
      () => cloud.make(pool, "p", { workloadIdentityPoolId: "deployers" }),
      "alreadyExists",
      /reserved/,
    );
  });

  test("a role with attached policies cannot be deleted, a key in use can", () => {
    const role = cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    cloud.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { role: "r", policyArn });
    refused(() => cloud.delete(role), "DeleteConflict", /r\/arn:aws:iam::aws/);
    const key = cloud.make("aws:kms/key:Key", "k", {});
    cloud.make("aws:cloudwatch/logGroup:LogGroup", "l", { name: "l", kmsKeyId: key.state.arn });
    cloud.delete(key);
  });

  test("a protected resource can be deleted only after the protection is removed", () => {
    const inputs = {
      name: "t",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
    };
    const table = cloud.make("aws:dynamodb/table:Table", "t", {
      ...inputs,
      deletionProtectionEnabled: true,
    });
    refused(() => cloud.delete(table), "InvalidRequestException", /deletionProtectionEnabled/);
    cloud.delete(cloud.update(table, { ...inputs, deletionProtectionEnabled: false }));
    const cluster = cloud.make("gcp:container/cluster:Cluster", "c", {
      location: "europe-west1",
      initialNodeCount: 1,
    });
    refused(() => cloud.delete(cluster), "invalid", /deletionProtection to false/);
  });

  test("a database is deleted with a final snapshot, which needs an unused name, or without one", () => {
    const settings = { engine: "aurora-postgresql", clusterIdentifier: "main" };
    const cluster = (inputs: Bag) =>
      cloud.make("aws:rds/cluster:Cluster", "db", { ...settings, ...inputs });
    const nameless = cluster({ masterUsername: "m", manageMasterUserPassword: true });
    refused(
      () => cloud.delete(nameless),
      "InvalidParameterCombination",
      /finalSnapshotIdentifier is required when skipFinalSnapshot is false/,
    );
    cloud.delete(cloud.update(nameless, { ...settings, skipFinalSnapshot: true }));
    const named = { finalSnapshotIdentifier: "main-final" };
    cloud.delete(cluster(named));
    const again = cluster(named);
    refused(() => cloud.delete(again), "SnapshotAlreadyExists", /main-final already exists/);
    assert.equal(cloud.store.all().length, 1);
  });

  test("a bucket with objects cannot be deleted, unless it may be emptied", () => {
    const bucket = cloud.make("aws:s3/bucket:Bucket", "b", { bucket: "acme" });
    const file = { bucket: "acme", key: "a.zip", content: "x" };
    const object = cloud.make("aws:s3/bucketObjectv2:BucketObjectv2", "o", file);
    refused(() => cloud.delete(bucket), "BucketNotEmpty", /acme.*not empty.*::o\)/);
    cloud.delete(object);
    cloud.delete(bucket);
  });

  test("a bucket that a service has delivered to is not empty, even after the service stopped", () => {
    const make = (forceDestroy: boolean) => {
      const bucket = cloud.make("aws:s3/bucket:Bucket", "b", { bucket: "logs", forceDestroy });
      const policy = JSON.stringify({ Principal: { Service: "cloudtrail.amazonaws.com" } });
      const allowed = cloud.make("aws:s3/bucketPolicy:BucketPolicy", "p", {
        bucket: "logs",
        policy,
      });
      const trail = { name: "trail", s3BucketName: "logs" };
      cloud.delete(cloud.make("aws:cloudtrail/trail:Trail", "t", trail));
      cloud.delete(allowed);
      return bucket;
    };
    const full = make(false);
    refused(() => cloud.delete(full), "BucketNotEmpty", /::t\)/);
    cloud.delete(cloud.update(full, { bucket: "logs", forceDestroy: true }));
    cloud.delete(make(true));
    assert.deepEqual(cloud.store.all(), []);
  });

  test("objects under a retention policy of Google Cloud cannot be deleted by force", () => {
    const inputs = { name: "audit", location: "EU", forceDestroy: true };
    const retentionPolicy = { retentionPeriod: "86400", isLocked: false };
    const kept = { ...inputs, retentionPolicy };
    const bucket = cloud.make("gcp:storage/bucket:Bucket", "b", kept);
    cloud.delete(bucket);
    const again = cloud.make("gcp:storage/bucket:Bucket", "b", kept);
    const sink = { name: "audit", destination: "storage.googleapis.com/audit" };
    cloud.delete(cloud.make("gcp:logging/projectSink:ProjectSink", "s", sink));
    refused(() => cloud.delete(again), "conflict", /audit: its retention policy.*::s\)/);
    cloud.delete(cloud.update(again, inputs));
    assert.deepEqual(cloud.store.all(), []);
  });

  test("objects under a compliance lock cannot be deleted by force, even after the lock was removed", () => {
    const make = (name: string, mode: string) => {
      const bucket = cloud.make("aws:s3/bucket:Bucket", name, {
        bucket: name,
        forceDestroy: true,
        objectLockEnabled: true,
      });
      const policy = JSON.stringify({ Principal: { Service: "cloudtrail.amazonaws.com" } });
      cloud.make("aws:s3/bucketPolicy:BucketPolicy", name, { bucket: name, policy });
      const lock = cloud.make(
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        name,
        { bucket: name, rule: { defaultRetention: { mode, days: 1 } } },
      );
      cloud.delete(cloud.make("aws:cloudtrail/trail:Trail", name, { name, s3BucketName: name }));
      cloud.delete(lock);
      return bucket;
    };
    const locked = make("kept", "COMPLIANCE");
    refused(() => cloud.delete(locked), "AccessDenied", /object lock \(bucket kept/);
    cloud.delete(make("bypassed", "GOVERNANCE"));
  });

  test("a sink may write to a bucket of another project", () => {
    const sink = { name: "audit", destination: "storage.googleapis.com/elsewhere" };
    cloud.make("gcp:logging/projectSink:ProjectSink", "s", sink);
  });

  test("a Google Cloud bucket with objects cannot be deleted either", () => {
    const inputs = { name: "acme", location: "EU" };
    const bucket = cloud.make("gcp:storage/bucket:Bucket", "b", inputs);
    const file = { bucket: "acme", name: "a.zip", content: "x" };
    cloud.make("gcp:storage/bucketObject:BucketObject", "o", file);
    refused(() => cloud.delete(bucket), "conflict", /without forceDestroy/);
  });

  test("deleting a missing resource is not an error", () => {
    const parent = vpc();
    cloud.delete(parent);
    cloud.delete(parent);
  });
});
