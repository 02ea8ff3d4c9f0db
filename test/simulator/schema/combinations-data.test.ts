// Combinations of data services. That the services refuse the same is known from the listed sources.
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

const kafka = (version: string, instanceType: string, more: Bag = {}): Bag => ({
  clusterName: "c",
  kafkaVersion: version,
  numberOfBrokerNodes: 3,
  brokerNodeGroupInfo: {
    instanceType,
    clientSubnets: ["subnet-0a", "subnet-0b", "subnet-0c"],
    securityGroups: ["sg-0a"],
  },
  ...more,
});
const kraft = kafka("4.1.x.kraft", "kafka.m7g.large");
const cache = { replicationGroupId: "c", description: "c", engine: "valkey" };
const user = { userId: "app", userName: "app", engine: "redis", accessString: "on ~* +@read" };
const database = { engine: "aurora-postgresql" };
const instance = { ...database, clusterIdentifier: "c", instanceClass: "db.serverless" };
const role = "arn:aws:iam::111122223333:role/a";
const proxy = { engineFamily: "POSTGRESQL", roleArn: role, vpcSubnetIds: ["subnet-0a"] };
const secret = { authScheme: "SECRETS", iamAuth: "REQUIRED", secretArn: role };
const copies = (rule: Bag): Bag => ({
  bucket: "b",
  role,
  rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::c" }, ...rule }],
});
const ages = (rule: Bag): Bag => ({
  bucket: "b",
  rules: [{ id: "r", status: "Enabled", filter: {}, ...rule }],
});

describe("invalid combinations", () => {
  const cases: [string, string, Bag, Bag, RegExp][] = [
    [
      "KRaft does not support kafka.t3.small",
      "aws:msk/cluster:Cluster",
      kraft,
      kafka("4.1.x.kraft", "kafka.t3.small"),
      /does not support KRaft/,
    ],
    [
      "a version that only Express brokers support",
      "aws:msk/cluster:Cluster",
      kafka("4.2.x.kraft", "express.m7g.large"),
      kafka("4.2.x.kraft", "kafka.m7g.large"),
      /only supported by Express brokers/,
    ],
    [
      "brokers are evenly distributed over zones",
      "aws:msk/cluster:Cluster",
      { ...kraft, numberOfBrokerNodes: 6 },
      { ...kraft, numberOfBrokerNodes: 4 },
      /multiple of the 3 client subnets, got 4/,
    ],
    [
      "logs have a destination",
      "aws:msk/cluster:Cluster",
      { ...kraft, loggingInfo: { brokerLogs: { s3: { enabled: true, bucket: "b" } } } },
      { ...kraft, loggingInfo: { brokerLogs: { s3: { enabled: true } } } },
      /brokerLogs\.s3\.bucket: is required/,
    ],
    [
      "users of a cache need TLS",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      { ...cache, userGroupIds: ["g"], transitEncryptionEnabled: true },
      { ...cache, userGroupIds: ["g"] },
      /requires transitEncryptionEnabled/,
    ],
    [
      "a failover requires a replica",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      { ...cache, automaticFailoverEnabled: true, numCacheClusters: 2 },
      { ...cache, automaticFailoverEnabled: true, numCacheClusters: 1 },
      /requires at least one replica/,
    ],
    [
      "a user of a cache has an authentication method",
      "aws:elasticache/user:User",
      { ...user, noPasswordRequired: true },
      user,
      /authenticationMode: one of .* must be given/,
    ],
    [
      "a user with IAM authentication has the same id and name",
      "aws:elasticache/user:User",
      { ...user, authenticationMode: { type: "iam" } },
      { ...user, authenticationMode: { type: "iam" }, userName: "other" },
      /must be the same as userId/,
    ],
    [
      "access strings reset nothing",
      "aws:elasticache/user:User",
      { ...user, noPasswordRequired: true },
      { ...user, noPasswordRequired: true, accessString: "on ~* resetchannels +@read" },
      /without passwords and resets/,
    ],
    [
      "advanced insights are kept for 15 months",
      "aws:rds/cluster:Cluster",
      { ...database, databaseInsightsMode: "standard" },
      { ...database, databaseInsightsMode: "advanced", performanceInsightsEnabled: true },
      /performanceInsightsRetentionPeriod 465/,
    ],
    [
      "monitoring of an instance requires a role",
      "aws:rds/clusterInstance:ClusterInstance",
      { ...instance, monitoringInterval: 60, monitoringRoleArn: role },
      { ...instance, monitoringInterval: 60 },
      /monitoringRoleArn: is required/,
    ],
    [
      "a proxy has an authentication method",
      "aws:rds/proxy:Proxy",
      { ...proxy, defaultAuthScheme: "IAM_AUTH", requireTls: true },
      proxy,
      /auths: is required/,
    ],
    [
      "IAM authentication of a proxy requires TLS",
      "aws:rds/proxy:Proxy",
      { ...proxy, auths: [secret], requireTls: true },
      { ...proxy, auths: [secret] },
      /requireTls: must be true/,
    ],
    [
      "copies encrypted with KMS have a replica key",
      "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
      copies({}),
      copies({ sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } } }),
      /must have replicaKmsKeyId/,
    ],
    [
      "a lifecycle rule has an action",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      ages({ expiration: { expiredObjectDeleteMarker: true } }),
      ages({}),
      /must have an action/,
    ],
    [
      "expired delete markers exclude days and dates",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      ages({ expiration: { days: 30 } }),
      ages({ expiration: { days: 30, expiredObjectDeleteMarker: true } }),
      /cannot have days/,
    ],
  ];
  for (const [name, type, right, wrong, message] of cases) {
    test(name, () => {
      assert.equal(said(type, right), "");
      assert.match(said(type, wrong), message);
    });
  }
});
