import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { iamPort } from "../stream/ports.ts";
import { AwsConnectorRole } from "./aws-connector-role.ts";
import type { AwsEventSourcingSpec, AwsOutbox } from "./aws-schema.ts";
import { connectorClass, outboxConfig, tasks } from "./outbox.ts";
import { outboxTopics } from "./plan.ts";
import { after, type TopicNames } from "./required-topics.ts";

export interface AwsOutboxStream {
  readonly clusterArn: pulumi.Input<string>;
  readonly bootstrapServers: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly topicNames: TopicNames;
}

export interface AwsOutboxNetwork {
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets of the connector's worker. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Security group of the interface endpoints for Secrets Manager, KMS, STS and logs; required to reach them. */
  readonly endpointSecurityGroupId: pulumi.Input<string> | undefined;
}

/** The database of the outbox. */
export interface AwsOutboxDatabase {
  /** Host of the writer: a connector can read the write-ahead log of the primary only. */
  readonly host: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Secret with the key `password`. */
  readonly secretArn: pulumi.Input<string>;
  /** Customer-managed key of that secret. */
  readonly secretKeyArn: pulumi.Input<string>;
}

export interface AwsOutboxArgs extends ComponentArgs {
  readonly spec: AwsEventSourcingSpec;
  readonly outbox: AwsOutbox;
  readonly stream: AwsOutboxStream;
  readonly network: AwsOutboxNetwork;
  readonly database: AwsOutboxDatabase;
  readonly logsKeyArn: pulumi.Input<string>;
  /** Known after the topics are created. */
  readonly topics: pulumi.Output<string[]>;
}

const postgresPort = 5432;
const httpsPort = 443;

/** Debezium on MSK Connect: one worker that reads the outbox of one database and writes events into the stream. */
export class AwsOutboxConnector extends BlueprintComponent {
  /** Undefined while the outbox is paused. */
  readonly connectorArn: pulumi.Output<string> | undefined;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: AwsOutboxArgs, opts?: pulumi.ComponentResourceOptions) {
    super("event-sourcing", "AwsOutboxConnector", name, args, {}, opts);
    const { ownership, spec } = args;
    const connector = nameIn(ownership, "msk-connect", "outbox");
    const role = new AwsConnectorRole(
      this.named("role"),
      {
        ownership,
        retain: this.retain,
        place: spec,
        connector,
        clusterArn: args.stream.clusterArn,
        topics: outboxTopics(spec.aggregates),
        secretArn: args.database.secretArn,
        secretKeyArn: args.database.secretKeyArn,
      },
      { parent: this },
    );
    const reach = this.#reach(args);
    const made = this.#connector(args, connector, role, reach);
    this.connectorArn = made?.arn;
    this.securityGroupId = reach.group.id;
    this.registerOutputs({
      connectorArn: this.connectorArn,
      securityGroupId: this.securityGroupId,
    });
  }

  /** The connector's security group: egress to the brokers, the database and the interface endpoints, and no ingress. */
  #reach({ ownership, network, stream, database }: AwsOutboxArgs) {
    const group = new aws.ec2.SecurityGroup(
      this.named(),
      {
        name: nameIn(ownership, "security-group", "outbox"),
        description: "The connector that reads the outbox",
        vpcId: network.vpcId,
        tags: { Name: nameIn(ownership, "aws-name-tag", "outbox") },
      },
      this.child(),
    );
    const endpoints = network.endpointSecurityGroupId;
    const targets = {
      brokers: { port: iamPort, group: stream.securityGroupId, lets: true },
      database: { port: postgresPort, group: database.securityGroupId, lets: true },
      ...(endpoints && { endpoints: { port: httpsPort, group: endpoints, lets: false } }),
    };
    const rules = Object.entries(targets).flatMap(([key, target]) => {
      const rule = { ipProtocol: "tcp", fromPort: target.port, toPort: target.port };
      const out = new aws.vpc.SecurityGroupEgressRule(
        this.named(`to-${key}`),
        {
          ...rule,
          securityGroupId: group.id,
          description: `outbox connector to ${key}`,
          referencedSecurityGroupId: target.group,
        },
        this.child(),
      );
      if (!target.lets) return [out];
      const into = new aws.vpc.SecurityGroupIngressRule(
        this.named(`into-${key}`),
        {
          ...rule,
          securityGroupId: target.group,
          description: `${key} from the outbox connector`,
          referencedSecurityGroupId: group.id,
        },
        this.child(),
      );
      return [out, into];
    });
    return { group, rules };
  }

  #connector(
    args: AwsOutboxArgs,
    name: string,
    role: AwsConnectorRole,
    reach: { readonly group: aws.ec2.SecurityGroup; readonly rules: readonly pulumi.Resource[] },
  ): aws.mskconnect.Connector | undefined {
    const { spec, outbox, stream, network } = args;
    const logs = new aws.cloudwatch.LogGroup(
      this.named("logs"),
      {
        // With this prefix, log delivery needs no resource policy for each group.
        name: `/aws/vendedlogs/mskconnect/${name}`,
        kmsKeyId: args.logsKeyArn,
        retentionInDays: spec.logRetentionDays,
      },
      this.child(),
    );
    const plugin = this.#plugin(args, name);
    const worker = this.#workerConfiguration(args, name);
    if (outbox.paused) return undefined;
    return new aws.mskconnect.Connector(
      this.named("connector"),
      {
        name,
        description: `Events from the outbox of ${outbox.database}`,
        kafkaconnectVersion: outbox.connectVersion,
        capacity: { provisionedCapacity: { mcuCount: outbox.capacityUnits, workerCount: 1 } },
        connectorConfiguration: this.#settings(args),
        kafkaCluster: {
          apacheKafkaCluster: {
            bootstrapServers: after(args.topics, stream.bootstrapServers),
            vpc: { subnets: [...network.subnetIds], securityGroups: [reach.group.id] },
          },
        },
        kafkaClusterClientAuthentication: { authenticationType: "IAM" },
        kafkaClusterEncryptionInTransit: { encryptionType: "TLS" },
        plugins: [{ customPlugin: { arn: plugin.arn, revision: plugin.latestRevision } }],
        workerConfiguration: { arn: worker.arn, revision: worker.latestRevision },
        serviceExecutionRoleArn: role.arn,
        logDelivery: {
          workerLogDelivery: { cloudwatchLogs: { enabled: true, logGroup: logs.name } },
        },
      },
      this.child({
        dependsOn: [...reach.rules],
        // MSK Connect cannot move a connector, and another one would not have its offsets.
        ignoreChanges: ["kafkaCluster.apacheKafkaCluster.vpc.subnets"],
      }),
    );
  }

  #plugin({ outbox }: AwsOutboxArgs, name: string): aws.mskconnect.CustomPlugin {
    const { fileKey, objectVersion } = outbox.plugin;
    return new aws.mskconnect.CustomPlugin(
      this.named("plugin"),
      {
        name,
        description: "Debezium for PostgreSQL, and the providers of secrets",
        contentType: "ZIP",
        location: {
          s3: {
            bucketArn: outbox.plugin.bucketArn,
            fileKey,
            ...(objectVersion === undefined ? {} : { objectVersion }),
          },
        },
      },
      this.child(),
    );
  }

  /** The worker reads the password when it starts; it is not in the connector's settings. */
  #workerConfiguration({ spec }: AwsOutboxArgs, name: string): aws.mskconnect.WorkerConfiguration {
    const lines = {
      "key.converter": "org.apache.kafka.connect.storage.StringConverter",
      "value.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
      "config.providers": "secretsmanager",
      "config.providers.secretsmanager.class":
        "com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider",
      "config.providers.secretsmanager.param.region": spec.region,
    };
    return new aws.mskconnect.WorkerConfiguration(
      this.named("worker"),
      {
        name,
        description: "Reads passwords from Secrets Manager",
        propertiesFileContent: Object.entries(lines)
          .map(([key, value]) => `${key}=${value}\n`)
          .join(""),
      },
      this.child(),
    );
  }

  #settings({ spec, outbox, database }: AwsOutboxArgs): Record<string, pulumi.Input<string>> {
    const password = pulumi
      .output(database.secretArn)
      // Colons separate the parts of the reference, so those in the ARN are escaped.
      .apply((arn) => `\${secretsmanager:${encodeURIComponent(arn)}:password}`);
    return {
      "connector.class": connectorClass,
      "tasks.max": String(tasks),
      ...outboxConfig(outbox, spec.aggregates),
      "database.hostname": database.host,
      "database.port": String(postgresPort),
      "database.user": outbox.user,
      "database.password": password,
      "database.sslmode": "require",
    };
  }
}
