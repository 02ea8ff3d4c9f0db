// Registered resources. Whether the clouds replicate, and how fast, is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { refused } from "../stream/accepted.ts";
import { account, programs } from "./fixture.ts";

const replicatorType = "aws:msk/replicator:Replicator";
const objectType = (kind: string) => `kubernetes:postgresql.cnpg.io/v1:${kind}`;

interface Statement {
  readonly Sid: string;
  readonly Resource: string | readonly string[];
}

function statements({ inputs }: Registered, field: string): Statement[] {
  return (JSON.parse(String(inputs[field])) as { Statement: Statement[] }).Statement;
}

describe("a stream on AWS", async () => {
  const all = await inventory(programs.awsStream);

  test("is two replicators, each with its own role, security group and alarm", () => {
    assert.deepEqual(counts(all), {
      "atoll:replication:AwsReplicator": 2,
      "atoll:replication:AwsStreamCopy": 1,
      "aws:cloudwatch/metricAlarm:MetricAlarm": 2,
      "aws:ec2/securityGroup:SecurityGroup": 2,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicy:RolePolicy": 2,
      [replicatorType]: 2,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 2,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 2,
      "pulumi:providers:aws": 2,
    });
    assert.deepEqual(refused(all), []);
  });

  test("replicates in both directions, with each replicator in its target region", () => {
    for (const [name, region, from, to] of [
      ["out", "aws-usw2", "aws-use1", "aws-usw2"],
      ["back", "aws-use1", "aws-usw2", "aws-use1"],
    ] as const) {
      const { inputs, provider } = only(all, replicatorType, `stream-copy-${name}`);
      const info = inputs.replicationInfoList as Record<string, string>;
      assert.match(provider, new RegExp(`::${region}::`));
      assert.match(info.sourceKafkaClusterArn ?? "", new RegExp(`/prod-${from}-stream/`));
      assert.match(info.targetKafkaClusterArn ?? "", new RegExp(`/prod-${to}-stream/`));
    }
  });

  test("stays in its subnets: another one would have no offsets", () => {
    const { ignoreChanges } = only(all, replicatorType, "stream-copy-out");
    const ends = [0, 1].map((end) => `kafkaClusters[${end}].vpcConfig.subnetIds`);
    assert.deepEqual(ignoreChanges, ends);
  });

  test("replicates exactly these topics with their names, and consumer offsets in both directions", () => {
    const { inputs } = only(all, replicatorType, "stream-copy-out");
    const info = inputs.replicationInfoList as Record<string, unknown>;
    assert.deepEqual(info.topicReplications, [
      {
        topicsToReplicates: ["orders\\.events", "orders\\.snapshots"],
        copyTopicConfigurations: false,
        copyAccessControlListsForTopics: false,
        detectAndCopyNewTopics: true,
        startingPosition: { type: "EARLIEST" },
        topicNameConfiguration: { type: "IDENTICAL" },
      },
    ]);
    assert.deepEqual(info.consumerGroupReplications, [
      {
        consumerGroupsToReplicates: ["billing", "billing\\..*"],
        detectAndCopyNewConsumerGroups: true,
        synchroniseConsumerGroupOffsets: true,
        consumerGroupOffsetSyncMode: "ENHANCED",
      },
    ]);
  });

  test("can read these topics at the source and write them at the target, and no other topics", () => {
    const policy = statements(
      only(all, "aws:iam/rolePolicy:RolePolicy", "stream-copy-out-role-policy"),
      "policy",
    );
    const resources = (sid: string) => policy.find(({ Sid }) => Sid === sid)?.Resource;
    const topic = (region: string, cell: string, name: string) =>
      `arn:aws:kafka:${region}:${account}:topic/prod-${cell}-stream/0a1b2c3d-7/${name}`;
    assert.deepEqual(resources("ReadRecords"), [
      topic("us-east-1", "aws-use1", "orders.events"),
      topic("us-east-1", "aws-use1", "orders.snapshots"),
    ]);
    assert.deepEqual(resources("WriteRecords"), [
      topic("us-west-2", "aws-usw2", "orders.events"),
      topic("us-west-2", "aws-usw2", "orders.snapshots"),
    ]);
    const everything = policy.flatMap(({ Resource }) => Resource);
    assert.ok(everything.every((arn) => !/[:/]\*$/.test(arn)));
    const [trust] = statements(
      only(all, "aws:iam/role:Role", "stream-copy-out-role"),
      "assumeRolePolicy",
    );
    assert.deepEqual((trust as unknown as { Condition: unknown }).Condition, {
      StringEquals: { "aws:SourceAccount": account },
    });
  });

  test("reaches brokers through a security group that is allowed on the Kafka port only", () => {
    const { inputs } = only(all, replicatorType, "stream-copy-out");
    const [source, target] = inputs.kafkaClusters as { vpcConfig: Record<string, unknown> }[];
    assert.deepEqual(Object.keys(source?.vpcConfig ?? {}), ["subnetIds"]);
    assert.equal(Object.keys(target?.vpcConfig ?? {}).length, 2);
    const rules = all.filter(({ type }) => /securityGroup.*Rule/.test(type));
    assert.ok(rules.every(({ inputs }) => inputs.fromPort === 9098 && inputs.toPort === 9098));
  });

  test("has an alarm for lag above the declared RPO", () => {
    const { inputs } = only(all, "aws:cloudwatch/metricAlarm:MetricAlarm", "stream-copy-out-lag");
    assert.deepEqual(
      [inputs.metricName, inputs.threshold, inputs.dimensions],
      ["ReplicationLatency", 300_000, { ReplicatorName: "prod-aws-use1-stream-copy" }],
    );
  });
});

describe("a database on AWS", async () => {
  const all = await inventory(() => programs.awsDatabase());
  const clusterType = "aws:rds/cluster:Cluster";
  const { inputs, protect, ignoreChanges } = only(all, clusterType);

  test("is a global database, and a secondary cluster with two instances", () => {
    assert.deepEqual(counts(all), {
      "atoll:database:AwsDatabaseAccess": 1,
      "atoll:database:AwsDatabaseInstances": 1,
      "atoll:database:AwsDatabaseParameters": 1,
      "atoll:replication:AwsDatabaseCopy": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:cloudwatch/metricAlarm:MetricAlarm": 1,
      "aws:ec2/securityGroup:SecurityGroup": 1,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 1,
      [clusterType]: 1,
      "aws:rds/clusterInstance:ClusterInstance": 2,
      "aws:rds/clusterParameterGroup:ClusterParameterGroup": 1,
      "aws:rds/globalCluster:GlobalCluster": 1,
      "aws:rds/parameterGroup:ParameterGroup": 1,
      "aws:rds/subnetGroup:SubnetGroup": 1,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 1,
      "pulumi:providers:aws": 2,
    });
    assert.deepEqual(refused(all), []);
  });

  test("waits for the writer of the global database in the first region, but not in a preview", async () => {
    const asked: unknown[] = [];
    const invoke = (token: string, args: Record<string, unknown>) => {
      if (!token.endsWith(":getGlobalCluster")) return undefined;
      asked.push(args);
      return { members: [{ dbClusterArn: "first", isWriter: true }] };
    };
    await inventory(() => programs.awsDatabase(), { invoke });
    assert.deepEqual(asked, [{ identifier: "prod-aws-use1-database-global" }]);
    await inventory(() => programs.awsDatabase(), { invoke, preview: true });
    assert.equal(asked.length, 1);
  });

  test("is in the other region, with its keys and the version of the primary", () => {
    for (const { custom, type, name, provider } of all) {
      if (!custom || type.startsWith("pulumi:")) continue;
      const region = name === "database-copy-global" ? "here" : "there";
      assert.match(provider, new RegExp(`::${region}::`), name);
    }
    assert.match(String(inputs.kmsKeyId), /key\/data-there$/);
    assert.equal(inputs.engineVersion, "17.9");
    assert.equal(inputs.globalClusterIdentifier, "prod-aws-use1-database-global");
  });

  test("has no separate user and database, and is protected like the primary", () => {
    for (const field of ["masterUsername", "masterPassword", "manageMasterUserPassword"]) {
      assert.equal(inputs[field], undefined);
    }
    assert.equal(inputs.databaseName, undefined);
    assert.ok(protect && inputs.deletionProtection === true);
    assert.deepEqual(ignoreChanges, ["replicationSourceIdentifier", "engineVersion"]);
    const global = only(all, "aws:rds/globalCluster:GlobalCluster");
    assert.ok(global.protect && global.inputs.deletionProtection === true);
  });

  test("allows workloads of the target cell to sign in as the replicated users", async () => {
    const signIns = { orders: { roleName: "prod-aws-usw2-orders", user: "orders" } };
    const { inputs: policy } = only(
      await inventory(() => programs.awsDatabase(true, signIns)),
      "aws:iam/rolePolicy:RolePolicy",
    );
    assert.equal(policy.role, "prod-aws-usw2-orders");
    const [statement] = (JSON.parse(String(policy.policy)) as { Statement: Statement[] }).Statement;
    assert.match(
      String(statement?.Resource),
      /^arn:aws:rds-db:us-west-2:111122223333:dbuser:[^*/]+\/orders$/,
    );
  });

  test("can be destroyed in one step in an ephemeral environment", async () => {
    const ephemeral = await inventory(() => programs.awsDatabase(false));
    const global = only(ephemeral, "aws:rds/globalCluster:GlobalCluster");
    assert.deepEqual(
      [global.inputs.deletionProtection, global.inputs.forceDestroy, global.protect],
      [false, true, false],
    );
  });
});

describe("a database on GCP", async () => {
  const all = await inventory(programs.gcpDatabase);
  const { inputs, ignoreChanges } = only(all, "gcp:sql/databaseInstance:DatabaseInstance");

  test("is a replica with an address in the target cell's network", () => {
    assert.deepEqual(counts(all), {
      "atoll:database:GcpDatabaseEndpoint": 1,
      "atoll:replication:GcpDatabaseCopy": 1,
      "gcp:compute/address:Address": 1,
      "gcp:compute/forwardingRule:ForwardingRule": 1,
      "gcp:dns/managedZone:ManagedZone": 1,
      "gcp:dns/recordSet:RecordSet": 1,
      "gcp:sql/databaseInstance:DatabaseInstance": 1,
    });
    assert.deepEqual(refused(all), []);
  });

  test("can become the primary: in two zones, with the same edition, and a key in its region", () => {
    const settings = inputs.settings as Record<string, unknown>;
    assert.deepEqual(
      [inputs.masterInstanceName, inputs.region, settings.availabilityType, settings.edition],
      ["prod-gcp-euw1-database", "europe-west4", "REGIONAL", "ENTERPRISE_PLUS"],
    );
    assert.match(String(inputs.encryptionKeyName), /locations\/europe-west4\//);
    assert.ok(ignoreChanges.includes("masterInstanceName"));
  });
});

describe("a database on-premises", async () => {
  const all = await inventory(programs.onpremDatabase);
  const { inputs, ignoreChanges, createTimeout } = only(
    all,
    objectType("Cluster"),
    "database-copy",
  );
  const spec = inputs.spec as Record<string, unknown>;

  test("is a cluster with its own archive, pooler and backups, in addition to the cell's own", () => {
    const own = all.filter(({ parent, custom }) => custom && parent === "database-copy");
    assert.deepEqual(own.map(({ name }) => name).sort(), [
      "database-copy",
      "database-copy-backup",
      "database-copy-pooler",
      "database-copy-source",
      "database-copy-source-archive",
    ]);
    assert.deepEqual(refused(all), []);
  });

  test("is waited for, as long as a restore takes", () => {
    const { annotations } = inputs.metadata as { annotations: Record<string, string> };
    assert.equal(annotations["pulumi.com/waitFor"], "condition=Ready");
    assert.equal(createTimeout, "6h");
  });

  test("restores from the other cell's archive and replicates from it until a failover", () => {
    assert.deepEqual(spec.bootstrap, {
      recovery: { source: "prod-onprem-sel-database", database: "app", owner: "app" },
    });
    assert.deepEqual(spec.replica, { enabled: true, source: "prod-onprem-sel-database" });
    assert.deepEqual(spec.externalClusters, [
      {
        name: "prod-onprem-sel-database",
        plugin: {
          name: "barman-cloud.cloudnative-pg.io",
          parameters: {
            barmanObjectName: "prod-onprem-sel-database-copy-source",
            serverName: "prod-onprem-sel-database",
          },
        },
      },
    ]);
    assert.ok(ignoreChanges.includes("spec.replica.enabled"));
  });

  test("writes to this cell's archive, and does not set the retention of the other", () => {
    assert.deepEqual((spec.plugins as { parameters: unknown }[])[0]?.parameters, {
      barmanObjectName: "prod-onprem-pus-database-archive",
    });
    const source = only(
      all,
      "kubernetes:barmancloud.cnpg.io/v1:ObjectStore",
      "database-copy-source",
    );
    const read = source.inputs.spec as Record<string, unknown>;
    assert.equal(read.retentionPolicy, undefined);
    assert.equal(
      (read.configuration as Record<string, unknown>).destinationPath,
      "s3://acme-backups/database",
    );
  });
});
