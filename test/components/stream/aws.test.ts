// Registered resources. Whether MSK accepts them, and how Kafka's authorizer evaluates the statements, is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../../components/core/iam.ts";
import type { AwsStream, AwsStreamArgs } from "../../../components/stream/aws.ts";
import { createStream } from "../../../components/stream/stream.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { refused } from "./accepted.ts";
import { awsArgs, awsSpec, respond } from "./fixture.ts";

const clusterType = "aws:msk/cluster:Cluster";
const build = (change: Partial<AwsStreamArgs> = {}, retain = true) =>
  inventory(() => createStream("stream", { ...awsArgs, ...change, cloud: "aws", retain }), {
    respond,
  });

describe("a stream on AWS", async () => {
  const resources = await build();
  const { inputs, protect, retainOnDelete, ignoreChanges } = only(resources, clusterType);

  test("consists of exactly these resources, all children", () => {
    assert.deepEqual(counts(resources), {
      "atoll:stream:AwsStream": 1,
      "aws:appautoscaling/policy:Policy": 1,
      "aws:appautoscaling/target:Target": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:ec2/securityGroup:SecurityGroup": 1,
      [clusterType]: 1,
      "aws:msk/configuration:Configuration": 1,
      "aws:msk/topic:Topic": 3,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 1,
    });
    for (const { custom, parent } of resources) if (custom) assert.equal(parent, "stream");
  });

  test("is valid by the schemas of the provider", () => {
    assert.deepEqual(refused(resources), []);
  });

  test("has KRaft, a broker in each isolated subnet, and tiered storage", () => {
    const brokers = inputs.brokerNodeGroupInfo as Record<string, unknown>;
    assert.deepEqual(
      [inputs.clusterName, inputs.kafkaVersion, inputs.numberOfBrokerNodes, inputs.storageMode],
      ["prod-aws-use1-stream", "4.1.x.kraft", 3, "TIERED"],
    );
    assert.deepEqual(brokers.clientSubnets, ["subnet-0a", "subnet-0b", "subnet-0c"]);
    assert.deepEqual(brokers.connectivityInfo, { publicAccess: { type: "DISABLED" } });
    assert.deepEqual(brokers.storageInfo, { ebsStorageInfo: { volumeSize: 200 } });
  });

  test("accepts only IAM over TLS, and encrypts with the customer-managed key", () => {
    assert.deepEqual(inputs.clientAuthentication, {
      sasl: { iam: true, scram: false },
      unauthenticated: false,
    });
    assert.deepEqual(inputs.encryptionInfo, {
      encryptionAtRestKmsKeyArn: awsArgs.keys.data,
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    });
  });

  test("disables automatic topic creation and unclean leader election", () => {
    const { serverProperties } = only(resources, "aws:msk/configuration:Configuration").inputs;
    const lines = String(serverProperties).split("\n");
    for (const line of [
      "auto.create.topics.enable=false",
      "unclean.leader.election.enable=false",
      "default.replication.factor=3",
      "min.insync.replicas=2",
    ]) {
      assert.ok(lines.includes(line), line);
    }
  });

  test("logs to an encrypted log group with one year of retention, which outlives it", () => {
    const group = only(resources, "aws:cloudwatch/logGroup:LogGroup");
    assert.equal(group.inputs.name, "/aws/vendedlogs/msk/prod-aws-use1-stream/brokers");
    assert.deepEqual(
      [group.inputs.kmsKeyId, group.inputs.retentionInDays, group.retainOnDelete],
      [awsArgs.keys.logs, 365, true],
    );
    const { brokerLogs } = inputs.loggingInfo as Record<string, Record<string, unknown>>;
    assert.deepEqual(brokerLogs, {
      cloudwatchLogs: { enabled: true, logGroup: group.inputs.name },
      s3: { enabled: false },
    });
  });

  test("also logs to the archive if there is one", async () => {
    const archived = await build({ logArchiveBucket: "prod-archive" });
    const { loggingInfo } = only(archived, clusterType).inputs;
    assert.deepEqual((loggingInfo as { brokerLogs: { s3: unknown } }).brokerLogs.s3, {
      enabled: true,
      bucket: "prod-archive",
      prefix: "msk/prod-aws-use1-stream",
    });
  });

  test("allows only the nodes of the cluster, on the IAM port", async () => {
    const rules = (all: typeof resources) =>
      all
        .filter(({ type }) => type.endsWith(":SecurityGroupIngressRule"))
        .map(({ inputs: rule }) => [rule.fromPort, rule.toPort, rule.referencedSecurityGroupId]);
    assert.deepEqual(rules(resources), [[9098, 9098, "sg-0c"]]);
    const monitored = await build({ spec: { ...awsSpec, openMonitoring: true } });
    assert.deepEqual(
      rules(monitored).map(([port]) => port),
      [9098, 11001, 11002],
    );
  });

  test("ignores changes of the disk size only with storage auto scaling", async () => {
    const { inputs: target } = only(resources, "aws:appautoscaling/target:Target");
    assert.deepEqual(
      [target.scalableDimension, target.minCapacity, target.maxCapacity],
      ["kafka:broker-storage:VolumeSize", 1, 1024],
    );
    const size = "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize";
    assert.ok(ignoreChanges.includes(size));
    const fixed = await build({ spec: { ...awsSpec, storage: { size: "1 TiB" } } });
    assert.ok(!only(fixed, clusterType).ignoreChanges.includes(size));
    assert.equal(counts(fixed)["aws:appautoscaling/target:Target"], undefined);
  });

  test("creates each topic with its configuration as strings", () => {
    const topic = only(resources, "aws:msk/topic:Topic", "stream-topic-orders.events").inputs;
    assert.deepEqual(
      [topic.name, topic.partitionCount, topic.replicationFactor],
      ["orders.events", 12, 3],
    );
    assert.equal(JSON.parse(String(topic.configs))["retention.ms"], "2592000000");
  });

  test("is retained in a permanent environment only", async () => {
    assert.deepEqual([protect, retainOnDelete], [true, true]);
    const short = await build({}, false);
    assert.ok(short.every((resource) => !resource.protect && !resource.retainOnDelete));
  });
});

describe("IAM statements of clients", async () => {
  const documents: Record<string, Statement[]> = {};
  await inventory(
    () => {
      const stream: AwsStream = createStream("stream", { ...awsArgs, cloud: "aws" });
      return Promise.all(
        Object.entries(stream.clientStatements).map(async ([key, statements]) => {
          documents[key] = JSON.parse(await known(policyDocument(statements))).Statement;
        }),
      );
    },
    { respond },
  );

  test("a producer writes to its topics, with transactional ids of its name", () => {
    const { checkout = [] } = documents;
    assert.deepEqual(
      checkout.map(({ Sid }) => Sid),
      ["Connect", "Produce", "Transactions"],
    );
    assert.deepEqual(
      resources(checkout, "Produce").map((arn) => arn.replace(/\/[0-9a-f-]{36}-\d+\//, "/<id>/")),
      [`arn:aws:kafka:us-east-1:111122223333:topic/prod-aws-use1-stream/<id>/orders.events`],
    );
    assert.match(
      resources(checkout, "Transactions")[1] ?? "",
      /:transactional-id\/.+\/checkout\.\*$/,
    );
  });

  test("a consumer reads its topics with groups of its name, and cannot write", () => {
    const { billing = [] } = documents;
    assert.match(resources(billing, "Consume")[0] ?? "", /:topic\/.+\/orders\.\*$/);
    assert.deepEqual(
      resources(billing, "Groups").map((arn) => arn.split("/").at(-1)),
      ["billing", "billing.*"],
    );
    assert.doesNotMatch(JSON.stringify(billing), /Write|Alter(Cluster|Topic)|Create|Delete/);
  });

  test("no client has wildcard actions or all resources of a kind", () => {
    for (const statement of Object.values(documents).flat()) {
      assert.doesNotMatch(JSON.stringify(statement.Action), /\*/, statement.Sid);
      for (const arn of [statement.Resource].flat()) assert.doesNotMatch(arn, /\/\*$|^\*$/);
    }
  });
});

describe("a stream on AWS that replicates to another region", async () => {
  const resources = await build({ replicated: true });

  test("allows MSK to reach its brokers by private connectivity, with IAM only", () => {
    const brokers = only(resources, clusterType).inputs.brokerNodeGroupInfo as Record<
      string,
      unknown
    >;
    assert.deepEqual(brokers.connectivityInfo, {
      publicAccess: { type: "DISABLED" },
      vpcConnectivity: { clientAuthentication: { sasl: { iam: true, scram: false } } },
    });
    assert.deepEqual(refused(resources), []);
  });

  test("has a cluster policy for one service principal with the required actions", () => {
    const { inputs } = only(resources, "aws:msk/clusterPolicy:ClusterPolicy");
    const { Statement } = JSON.parse(String(inputs.policy)) as { Statement: unknown[] };
    assert.deepEqual(Statement, [
      {
        Sid: "CopyToAnotherRegion",
        Effect: "Allow",
        Principal: { Service: "kafka.amazonaws.com" },
        Action: [
          "kafka:CreateVpcConnection",
          "kafka:DescribeClusterV2",
          "kafka:GetBootstrapBrokers",
        ],
        Resource: inputs.clusterArn,
      },
    ]);
  });
});

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

function resources(statements: readonly Statement[], sid: string): string[] {
  return [statements.find(({ Sid }) => Sid === sid)?.Resource ?? []].flat();
}

function known<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => {
    pulumi.output(output).apply((value) => resolve(value as Value));
  });
}
