// What is registered with the engine. Does not prove that the connectors work.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createEventSourcing } from "../../../components/event-sourcing/event-sourcing.ts";
import { aggregateTopics } from "../../../components/event-sourcing/plan.ts";
import { createStream } from "../../../components/stream/stream.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { refused } from "../stream/accepted.ts";
import { onpremArgs, onpremSpec as onpremStream, respond } from "../stream/fixture.ts";
import { awsSpec, gcpSpec, onpremSpec, parsed, registryDatabase, topicNames } from "./fixture.ts";

const standing = Object.fromEntries(topicNames.map((name) => [name, name]));
const below = (resources: Registered[]) =>
  resources.filter(({ name }) => name.startsWith("events"));

const awsArgs = {
  cloud: "aws",
  ownership,
  spec: awsSpec,
  stream: {
    clusterArn: "arn:aws:kafka:us-east-1:111122223333:cluster/prod-aws-use1-stream/0a1b-7",
    bootstrapServers: "b-1.stream.example:9098",
    securityGroupId: "sg-0b",
    topicNames: standing,
  },
  network: {
    vpcId: "vpc-0a",
    subnetIds: ["subnet-0a", "subnet-0b"],
    endpointSecurityGroupId: "sg-0e",
  },
  database: {
    host: "db.example",
    securityGroupId: "sg-0d",
    secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:outbox-a1b2c3",
    secretKeyArn: "arn:aws:kms:us-east-1:111122223333:key/data",
  },
  logsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/logs",
} as const;

describe("event sourcing on AWS", async () => {
  const resources = await inventory(() => createEventSourcing("events", awsArgs), { respond });

  test("a permanent cell can remove its outbox: only events' schemas are protected", () => {
    const kept = resources.filter(({ protect }) => protect).map(({ type }) => type);
    assert.deepEqual([...new Set(kept)], ["aws:glue/registry:Registry", "aws:glue/schema:Schema"]);
  });

  test("consists of exactly these resources", () => {
    assert.deepEqual(counts(resources), {
      "atoll:event-sourcing:AwsConnectorRole": 1,
      "atoll:event-sourcing:AwsEventSourcing": 1,
      "atoll:event-sourcing:AwsOutboxConnector": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:ec2/securityGroup:SecurityGroup": 1,
      "aws:glue/registry:Registry": 1,
      "aws:glue/schema:Schema": 1,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "aws:mskconnect/connector:Connector": 1,
      "aws:mskconnect/customPlugin:CustomPlugin": 1,
      "aws:mskconnect/workerConfiguration:WorkerConfiguration": 1,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 3,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 2,
    });
  });

  test("is accepted by the schemas of the provider", () => {
    assert.deepEqual(refused(resources), []);
  });

  test("a schema is registered with its compatibility mode", () => {
    const { inputs } = only(resources, "aws:glue/schema:Schema");
    assert.deepEqual(
      [inputs.schemaName, inputs.dataFormat, inputs.compatibility],
      ["payment.events", "AVRO", "BACKWARD"],
    );
  });

  test("the connector authenticates with IAM over TLS, and has no password", () => {
    const { inputs } = only(resources, "aws:mskconnect/connector:Connector");
    assert.deepEqual(inputs.kafkaClusterClientAuthentication, { authenticationType: "IAM" });
    assert.deepEqual(inputs.kafkaClusterEncryptionInTransit, { encryptionType: "TLS" });
    assert.equal(
      (inputs.connectorConfiguration as Record<string, string>)["database.password"],
      `\${secretsmanager:arn%3Aaws%3Asecretsmanager%3Aus-east-1%3A111122223333%3Asecret%3Aoutbox-a1b2c3:password}`,
    );
  });

  test("its role writes events, reads one secret, and is for this connector only", () => {
    const role = only(resources, "aws:iam/role:Role").inputs;
    const trust = JSON.parse(String(role.assumeRolePolicy)).Statement[0];
    assert.equal(trust.Condition.StringEquals["aws:SourceAccount"], "111122223333");
    assert.match(trust.Condition.ArnLike["aws:SourceArn"], /:connector\/prod-aws-use1-outbox\/\*$/);
    const { Statement: statements } = JSON.parse(
      String(only(resources, "aws:iam/rolePolicy:RolePolicy").inputs.policy),
    );
    const produce = statements.find(({ Sid }: { Sid: string }) => Sid === "Produce");
    assert.deepEqual(
      produce.Resource.map((arn: string) => arn.split("/").at(-1)),
      ["order.events", "payment.events", "outbox.heartbeats.outbox"],
    );
    for (const { Action, Resource } of statements) {
      assert.doesNotMatch(JSON.stringify(Action), /\*/);
      assert.notEqual(Resource, "*");
    }
  });

  test("an outbox without its database is rejected", async () => {
    const { database: _, ...without } = awsArgs;
    await assert.rejects(
      inventory(() => createEventSourcing("events", without)),
      { code: "manifest-invalid", message: /an outbox needs network, database/ },
    );
  });
});

describe("event sourcing on GCP", async () => {
  const resources = await inventory(() =>
    createEventSourcing("events", {
      cloud: "gcp",
      ownership: { ...ownership, cell: "gcp-euw1" },
      spec: gcpSpec,
      stream: {
        clusterName: "projects/acme-prod/locations/europe-west1/clusters/stream",
        topicNames: standing,
      },
      network: { subnetworkId: "projects/acme-prod/regions/europe-west1/subnetworks/nodes" },
      database: {
        host: "0a1b.9f.europe-west1.sql.goog",
        connectionName: "acme-prod:europe-west1:shop",
      },
      cluster: { provider: new kubernetes.Provider("site", { kubeconfig: "apiVersion: v1" }) },
      registryDatabase,
    }),
  );

  test("consists of exactly these resources", () => {
    assert.deepEqual(counts(below(resources)), {
      "atoll:event-sourcing:ApicurioRegistry": 1,
      "atoll:event-sourcing:GcpEventSourcing": 1,
      "atoll:event-sourcing:GcpOutboxConnector": 1,
      "atoll:event-sourcing:IsolatedNamespace": 1,
      "gcp:managedkafka/connectCluster:ConnectCluster": 1,
      "gcp:managedkafka/connector:Connector": 1,
      "gcp:projects/iAMMember:IAMMember": 2,
      "gcp:sql/user:User": 1,
      "kubernetes:apps/v1:Deployment": 1,
      "kubernetes:core/v1:Namespace": 1,
      "kubernetes:core/v1:Secret": 1,
      "kubernetes:core/v1:Service": 1,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy": 4,
      "kubernetes:policy/v1:PodDisruptionBudget": 1,
    });
  });

  test("is accepted by the provider and an API server", () => {
    assert.deepEqual(refused(resources), []);
  });

  test("the connector authenticates to Cloud SQL as the service agent, without a password", () => {
    const configs = only(resources, "gcp:managedkafka/connector:Connector").inputs
      .configs as Record<string, string>;
    assert.equal(configs["database.user"], "service-123456789012@gcp-sa-managedkafka.iam");
    assert.equal(configs["driver.enableIamAuth"], "true");
    assert.equal(configs["database.password"], undefined);
    const user = only(resources, "gcp:sql/user:User").inputs;
    assert.deepEqual(
      [user.instance, user.name, user.type],
      ["shop", configs["database.user"], "CLOUD_IAM_SERVICE_ACCOUNT"],
    );
  });

  test("the service agent may connect to that instance only", () => {
    const roles = resources.filter(({ type }) => type === "gcp:projects/iAMMember:IAMMember");
    for (const { inputs } of roles) {
      assert.deepEqual(inputs.condition, {
        title: "one-instance",
        expression:
          'resource.name == "projects/acme-prod/instances/shop" && resource.service == "sqladmin.googleapis.com"',
      });
    }
  });

  test("workers find the database at its private endpoint, by its DNS name", () => {
    const configs = only(resources, "gcp:managedkafka/connector:Connector").inputs
      .configs as Record<string, string>;
    assert.equal(configs["driver.ipTypes"], "PSC");
    const { gcpConfig } = only(resources, "gcp:managedkafka/connectCluster:ConnectCluster").inputs;
    assert.deepEqual(gcpConfig, {
      accessConfig: {
        networkConfigs: [
          {
            primarySubnet: "projects/acme-prod/regions/europe-west1/subnetworks/nodes",
            dnsDomainNames: ["0a1b.9f.europe-west1.sql.goog"],
          },
        ],
      },
    });
  });

  test("the registry's password is in a mounted secret, and not in an environment variable", () => {
    const secret = only(resources, "kubernetes:core/v1:Secret");
    assert.ok(secret.secrets.length > 0, "the engine must keep it as a secret");
    const others = resources.filter(({ type }) => type !== "kubernetes:core/v1:Secret");
    assert.doesNotMatch(JSON.stringify(others.map(({ inputs }) => inputs)), /hunter2/);
  });
});

describe("event sourcing on-premises", async () => {
  const resources = await inventory(() => {
    const args = onpremArgs();
    const topics = aggregateTopics({
      aggregates: parsed(onpremSpec.aggregates ?? {}),
      outbox: onpremSpec.outbox,
    });
    const stream = createStream("stream", {
      ...args,
      cloud: "onprem",
      spec: { ...onpremStream, topics, clients: {} },
    });
    createEventSourcing("events", {
      cloud: "onprem",
      ownership: args.ownership,
      spec: onpremSpec,
      stream,
      cluster: args.cluster,
      databaseHost: "shop-rw.databases.svc",
      registryDatabase,
    });
  });
  const strimzi = (kind: string) =>
    only(below(resources), `kubernetes:kafka.strimzi.io/v1:${kind}`).inputs;

  test("consists of exactly these resources", () => {
    assert.deepEqual(counts(below(resources)), {
      "atoll:event-sourcing:ApicurioRegistry": 1,
      "atoll:event-sourcing:OnpremEventSourcing": 1,
      "atoll:event-sourcing:IsolatedNamespace": 1,
      "kubernetes:apps/v1:Deployment": 1,
      "kubernetes:core/v1:Namespace": 1,
      "kubernetes:core/v1:Secret": 1,
      "kubernetes:core/v1:Service": 1,
      "kubernetes:kafka.strimzi.io/v1:KafkaConnect": 1,
      "kubernetes:kafka.strimzi.io/v1:KafkaConnector": 1,
      "kubernetes:kafka.strimzi.io/v1:KafkaUser": 1,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy": 5,
      "kubernetes:policy/v1:PodDisruptionBudget": 1,
    });
  });

  test("is accepted by an API server", () => {
    assert.deepEqual(refused(resources), []);
  });

  test("the workers use connector resources, and read the password from a file", () => {
    const workers = strimzi("KafkaConnect").metadata as Record<string, Record<string, string>>;
    assert.equal(workers.annotations?.["strimzi.io/use-connector-resources"], "true");
    const connector = strimzi("KafkaConnector");
    const { labels } = connector.metadata as { labels: Record<string, string> };
    assert.equal(labels["strimzi.io/cluster"], workers.name);
    const { config } = connector.spec as { config: Record<string, string> };
    assert.equal(config["database.password"], `\${directory:/mnt/outbox-database:password}`);
  });

  test("a deployment waits for the workers and their user, and not for the connector, whose table comes later", () => {
    const waits = (kind: string) =>
      JSON.stringify(strimzi(kind).metadata).includes('"pulumi.com/waitFor":"condition=Ready"');
    assert.deepEqual(["KafkaUser", "KafkaConnect", "KafkaConnector"].map(waits), [
      true,
      true,
      false,
    ]);
    const workers = only(below(resources), "kubernetes:kafka.strimzi.io/v1:KafkaConnect");
    assert.equal(workers.createTimeout, "30m");
  });

  test("a slot of the outbox is one that standbys synchronize", () => {
    const { config } = strimzi("KafkaConnector").spec as { config: Record<string, string> };
    assert.equal(config["slot.failover"], "true");
  });

  test("a replica of the registry has at most 10 connections", () => {
    const secret = only(below(resources), "kubernetes:core/v1:Secret").inputs;
    const { "registry.properties": lines = "" } = secret.stringData as Record<string, string>;
    assert.match(lines, /jdbc\.initial-size=2\n.*jdbc\.min-size=2\n.*jdbc\.max-size=10\n/);
    const { strategy } = only(below(resources), "kubernetes:apps/v1:Deployment").inputs.spec as {
      strategy: unknown;
    };
    assert.deepEqual(strategy, { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
  });

  test("its user may write events and use its own topics, and nothing else", () => {
    const { authorization } = strimzi("KafkaUser").spec as {
      authorization: {
        acls: { resource: { name: string; patternType: string }; operations: string[] }[];
      };
    };
    assert.deepEqual(
      authorization.acls.map(({ resource, operations }) => [
        resource.name,
        resource.patternType,
        operations.join(),
      ]),
      [
        ["order.events", "literal", "Describe,Write"],
        ["payment.events", "literal", "Describe,Write"],
        ["outbox.heartbeats.outbox", "literal", "Describe,Write"],
        ["prod-onprem-sel-stream-outbox.", "prefix", "Create,Describe,DescribeConfigs,Read,Write"],
        ["prod-onprem-sel-stream-outbox", "literal", "Describe,Read"],
      ],
    );
  });
});

describe("a paused outbox", () => {
  const outboxOf = async (cloud: "aws" | "gcp" | "onprem") =>
    (
      await inventory(
        () => {
          const provider = new kubernetes.Provider("site", { kubeconfig: "apiVersion: v1" });
          if (cloud === "aws") {
            const outbox = { ...awsSpec.outbox, paused: true } as typeof awsSpec.outbox;
            return createEventSourcing("events", { ...awsArgs, spec: { ...awsSpec, outbox } });
          }
          if (cloud === "gcp") {
            return createEventSourcing("events", {
              cloud,
              ownership: { ...ownership, cell: "gcp-euw1" },
              spec: { ...gcpSpec, outbox: { database: "shop", paused: true } },
              stream: { clusterName: "stream", topicNames: standing },
              network: { subnetworkId: "projects/acme-prod/regions/europe-west1/subnetworks/n" },
              database: { host: "sql.goog", connectionName: "acme-prod:europe-west1:shop" },
              cluster: { provider },
              registryDatabase,
            });
          }
          const stream = createStream("stream", {
            ...onpremArgs(),
            cloud,
            spec: { ...onpremStream, topics: {}, clients: {} },
          });
          return createEventSourcing("events", {
            cloud,
            ownership,
            spec: {
              ...onpremSpec,
              outbox: { ...onpremSpec.outbox, paused: true } as typeof onpremSpec.outbox,
            },
            stream: {
              ...stream,
              topicNames: Object.fromEntries(topicNames.map((name) => [name, pulumi.output(name)])),
            },
            cluster: { provider },
            databaseHost: "shop-rw.databases.svc",
            registryDatabase,
          });
        },
        { respond },
      )
    ).map(({ type, inputs }) => ({ type, inputs }));

  test("has no connector on AWS and Google Cloud, and keeps everything else", async () => {
    const paused = { aws: await outboxOf("aws"), gcp: await outboxOf("gcp") };
    const has = (cloud: "aws" | "gcp", type: string) =>
      paused[cloud].some((each) => each.type === type);
    assert.ok(!has("aws", "aws:mskconnect/connector:Connector"));
    assert.ok(has("aws", "aws:cloudwatch/logGroup:LogGroup"));
    assert.ok(has("aws", "aws:mskconnect/customPlugin:CustomPlugin"));
    assert.ok(!has("gcp", "gcp:managedkafka/connector:Connector"));
    assert.ok(has("gcp", "gcp:managedkafka/connectCluster:ConnectCluster"));
  });

  test("has a stopped connector on premises", async () => {
    const connector = (await outboxOf("onprem")).find(({ type }) =>
      type.endsWith(":KafkaConnector"),
    );
    const { state } = (connector?.inputs.spec ?? {}) as { state?: string };
    assert.equal(state, "stopped");
  });
});
