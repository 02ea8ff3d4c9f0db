// Required resources, without engine. That the services refuse exactly these cases is known from their API references.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { Bag } from "../../../simulator/wire.ts";
import { type Played, playedCloud } from "../../support/played-cloud.ts";

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
});
afterEach(() => cloud.stop());

const refused = (work: () => unknown, code: string, words: RegExp) =>
  assert.throws(work, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return true;
  });

const bucket = (name: string, more: Bag = {}) =>
  cloud.make("aws:s3/bucket:Bucket", name, { bucket: name, ...more });
const versions = (name: string, status = "Enabled") =>
  cloud.make("aws:s3/bucketVersioning:BucketVersioning", name, {
    bucket: name,
    versioningConfiguration: { status },
  });
const lets = (name: string, Service: string) =>
  cloud.make("aws:s3/bucketPolicy:BucketPolicy", name, {
    bucket: name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service },
          Action: "s3:PutObject",
          Resource: `arn:aws:s3:::${name}/*`,
        },
      ],
    }),
  });

describe("buckets", () => {
  test("are replicated if both ends have versioning", () => {
    bucket("from");
    bucket("into");
    const role = cloud.make("aws:iam/role:Role", "r", { name: "r", assumeRolePolicy: "{}" });
    const copy = () =>
      cloud.make("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "c", {
        bucket: "from",
        role: role.state.arn,
        rules: [{ id: "all", status: "Enabled", destination: { bucket: "arn:aws:s3:::into" } }],
      });
    versions("into", "Suspended");
    refused(copy, "InvalidRequest", /on the bucket from to apply/);
    versions("from");
    refused(copy, "InvalidRequest", /Destination bucket into/);
    cloud.delete(cloud.store.all().find(({ urn }) => urn.endsWith("Versioning::into"))!);
    versions("into");
    copy();
  });

  test("can be locked if they have versioning, or were created with Object Lock", () => {
    const lock = (name: string) =>
      cloud.make("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", name, {
        bucket: name,
        rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } },
      });
    bucket("plain");
    refused(() => lock("plain"), "InvalidBucketState", /Versioning/);
    versions("plain");
    lock("plain");
    bucket("locked", { objectLockEnabled: true });
    lock("locked");
  });
});

describe("records", () => {
  test("of a trail require a bucket whose policy allows CloudTrail", () => {
    const trail = () =>
      cloud.make("aws:cloudtrail/trail:Trail", "t", { name: "trail", s3BucketName: "logs" });
    bucket("logs");
    refused(trail, "InsufficientS3BucketPolicyException", /logs/);
    lets("logs", "cloudtrail.amazonaws.com");
    trail();
  });

  test("of Config require a recorder, a bucket that allows it, and a channel before the start", () => {
    const channel = () =>
      cloud.make("aws:cfg/deliveryChannel:DeliveryChannel", "c", {
        name: "main",
        s3BucketName: "logs",
      });
    const start = () =>
      cloud.make("aws:cfg/recorderStatus:RecorderStatus", "s", { name: "main", isEnabled: true });
    bucket("logs");
    refused(channel, "NoAvailableConfigurationRecorderException", /recorder/);
    cloud.make("aws:cfg/recorder:Recorder", "r", {
      name: "main",
      roleArn: "arn:aws:iam::444455556666:role/config",
    });
    refused(start, "NoAvailableDeliveryChannelException", /channel/);
    refused(channel, "InsufficientDeliveryPolicyException", /logs/);
    lets("logs", "config.amazonaws.com");
    channel();
    start();
  });
});

describe("caches", () => {
  const user = (userId: string, userName: string, more: Bag) =>
    cloud.make("aws:elasticache/user:User", userId, {
      userId,
      userName,
      engine: "redis",
      accessString: "off -@all",
      ...more,
    });
  const group = (engine: string, ...userIds: string[]) =>
    cloud.make("aws:elasticache/userGroup:UserGroup", engine, {
      userGroupId: engine,
      engine,
      userIds,
    });

  test("require a default user in a Redis user group, and passwords in a Valkey one", () => {
    user("app", "app", { authenticationMode: { type: "iam" } });
    user("nobody", "default", { noPasswordRequired: true });
    refused(() => group("redis", "app"), "DefaultUserRequired", /user name default/);
    refused(() => group("valkey", "app", "nobody"), "InvalidParameterValue", /user nobody/);
    group("redis", "app", "nobody");
    group("valkey", "app");
  });

  test("have several shards if their parameters enable cluster mode", () => {
    const parameters = (name: string, ...values: Bag[]) =>
      cloud.make("aws:elasticache/parameterGroup:ParameterGroup", name, {
        name,
        family: "valkey8",
        parameters: values,
      });
    const cache = (replicationGroupId: string) =>
      cloud.make("aws:elasticache/replicationGroup:ReplicationGroup", replicationGroupId, {
        replicationGroupId,
        description: "c",
        engine: "valkey",
        numNodeGroups: 3,
        replicasPerNodeGroup: 1,
        parameterGroupName: replicationGroupId,
      });
    parameters("one");
    refused(() => cache("one"), "InvalidParameterCombination", /cluster-enabled/);
    parameters("many", { name: "cluster-enabled", value: "yes" });
    cache("many");
  });
});

test("RDS does not manage the password of a cluster that is still in its global database", () => {
  const CLUSTER = "aws:rds/cluster:Cluster";
  const args = { clusterIdentifier: "c", engine: "aurora-postgresql", masterUsername: "m" };
  const cluster = cloud.make(CLUSTER, "c", { ...args, masterPassword: "not-a-real-password" });
  const managed = { ...args, manageMasterUserPassword: true };
  const preview = () =>
    cloud.provider("aws").preview(cloud.wanted(CLUSTER, "c", managed), cluster.id, cluster.state);
  const global = cloud.make("aws:rds/globalCluster:GlobalCluster", "g", {
    globalClusterIdentifier: "g",
    sourceDbClusterIdentifier: cluster.state.arn,
    forceDestroy: true,
  });
  const code = "InvalidParameterCombination";
  refused(preview, code, /in the global database g/);
  refused(() => cloud.update(cluster, managed), code, /in the global database g/);
  cloud.delete(global);
  preview();
  cloud.update(cluster, managed);
});
