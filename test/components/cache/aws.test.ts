// What is registered with the engine. Does not prove that ElastiCache accepts this combination of settings, or fails over.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AwsCache, type AwsCacheArgs } from "../../../components/cache/aws.ts";
import { refusals } from "../../support/accepted.ts";
import { keyArn } from "../../support/data-args.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { awsArgs, awsSpec } from "./fixture.ts";

const groupType = "aws:elasticache/replicationGroup:ReplicationGroup";
const userType = "aws:elasticache/user:User";
const build = (changed: Partial<AwsCacheArgs> = {}) =>
  inventory(() => new AwsCache("cache", { ...awsArgs, ...changed }));

describe("what a cache on AWS registers", async () => {
  const all = await build();
  const group = only(all, groupType);
  const { inputs } = group;

  test("a replication group, its users, parameters and logs, and its security group", () => {
    assert.deepEqual(counts(all), {
      "atoll:cache:AwsCache": 1,
      "atoll:cache:AwsCacheUsers": 1,
      "aws:cloudwatch/logGroup:LogGroup": 2,
      "aws:ec2/securityGroup:SecurityGroup": 1,
      "aws:elasticache/parameterGroup:ParameterGroup": 1,
      [groupType]: 1,
      "aws:elasticache/subnetGroup:SubnetGroup": 1,
      [userType]: 2,
      "aws:elasticache/userGroup:UserGroup": 1,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 1,
    });
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(all), []);
  });

  test("TLS is required, and disks are encrypted with a customer-managed key", () => {
    assert.deepEqual(
      [inputs.transitEncryptionEnabled, inputs.transitEncryptionMode],
      [true, "required"],
    );
    assert.deepEqual([inputs.atRestEncryptionEnabled, inputs.kmsKeyId], [true, keyArn("data")]);
    assert.equal(inputs.authToken, undefined);
  });

  test("users authenticate with IAM, and the default user is disabled", () => {
    const users = all.filter(({ type }) => type === userType).map((user) => user.inputs);
    assert.deepEqual(
      users.map(({ engine, tags, ...inputs }) => inputs),
      [
        {
          userId: "prod-aws-use1-cache-default",
          userName: "default",
          noPasswordRequired: true,
          accessString: "off -@all",
        },
        {
          userId: "prod-aws-use1-cache-app",
          userName: "prod-aws-use1-cache-app",
          authenticationMode: { type: "iam" },
          accessString:
            "on ~* -@all +@connection +cluster|shards +cluster|slots +@read +@write +@transaction +@scripting -@dangerous",
        },
      ],
    );
    const members = only(all, "aws:elasticache/userGroup:UserGroup");
    assert.deepEqual(
      members.dependsOn.filter((urn) => urn.includes(userType)).length,
      (members.inputs.userIds as string[]).length,
    );
    assert.equal(new Set(members.inputs.userIds as string[]).size, users.length);
    assert.deepEqual(inputs.userGroupIds, ["prod-aws-use1-cache-users"]);
  });

  test("failover to a replica in another zone is automatic, and snapshots are kept for a week", () => {
    assert.deepEqual(
      [inputs.automaticFailoverEnabled, inputs.multiAzEnabled, inputs.numCacheClusters],
      [true, true, 2],
    );
    assert.deepEqual([inputs.snapshotRetentionLimit, inputs.snapshotWindow], [7, "03:00-04:00"]);
    assert.equal(inputs.maintenanceWindow, "sun:05:00-sun:06:00");
  });

  test("the engine log and the slow log go to encrypted log groups with a retention", () => {
    const groups = all.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    for (const { inputs: log } of groups) {
      assert.deepEqual([log.kmsKeyId, log.retentionInDays], [keyArn("logs"), 365]);
    }
    assert.deepEqual(
      (inputs.logDeliveryConfigurations as { logType: string; destination: string }[]).map(
        ({ logType, destination }) => [logType, destination],
      ),
      ["engine-log", "slow-log"].map((type) => [
        type,
        `/aws/vendedlogs/elasticache/prod-aws-use1-cache/${type}`,
      ]),
    );
  });

  test("only the cluster's nodes may connect, by security group and to one port", () => {
    const rule = only(all, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs;
    assert.deepEqual(
      [rule.referencedSecurityGroupId, rule.fromPort, rule.toPort, rule.cidrIpv4],
      ["sg-0c", 6379, 6379, undefined],
    );
  });

  test("a minor upgrade by AWS is not reverted, which would replace the cache", () => {
    assert.equal(inputs.autoMinorVersionUpgrade, true);
    assert.deepEqual(group.ignoreChanges, ["engineVersion"]);
  });

  test("a permanent one is retained and protected, with a final snapshot", () => {
    assert.deepEqual([group.protect, group.retainOnDelete], [true, true]);
    assert.equal(inputs.finalSnapshotIdentifier, "prod-aws-use1-cache-final");
  });
});

describe("what settings of a cache on AWS change", () => {
  test("an ephemeral one can be destroyed at once", async () => {
    const all = await build({ retain: false });
    assert.equal(only(all, groupType).inputs.finalSnapshotIdentifier, undefined);
    assert.ok(all.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
  });

  test("a large one is a cluster with several shards, and so are its parameters", async () => {
    const all = await build({ spec: { ...awsSpec, size: "large", replicas: 2 } });
    const { inputs } = only(all, groupType);
    assert.deepEqual(
      [
        inputs.clusterMode,
        inputs.numNodeGroups,
        inputs.replicasPerNodeGroup,
        inputs.numCacheClusters,
      ],
      ["enabled", 3, 2, undefined],
    );
    assert.deepEqual(only(all, "aws:elasticache/parameterGroup:ParameterGroup").inputs.parameters, [
      { name: "cluster-enabled", value: "yes" },
    ]);
    assert.deepEqual(refusals(all), []);
  });

  test("parameters equal to AWS's defaults are omitted, because AWS does not return them", async () => {
    const parameters = async (changed: Partial<AwsCacheArgs>) =>
      only(await build(changed), "aws:elasticache/parameterGroup:ParameterGroup").inputs.parameters;
    assert.deepEqual(await parameters({}), []);
    assert.deepEqual(await parameters({ spec: { ...awsSpec, eviction: "noeviction" } }), [
      { name: "maxmemory-policy", value: "noeviction" },
    ]);
  });

  test("a read-only user has no write permissions", async () => {
    const reports = { access: "read" as const, keys: ["orders:*"] };
    const all = await build({ spec: { ...awsSpec, users: { reports } } });
    assert.equal(
      only(all, userType, "cache-users-user-reports").inputs.accessString,
      "on ~orders:* -@all +@connection +cluster|shards +cluster|slots +@read -@dangerous",
    );
  });
});
