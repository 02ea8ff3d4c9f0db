import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, type Statement } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { gibibytes } from "../core/units.ts";
import { clientStatements } from "./aws-access.ts";
import { keptByMsk, mskCluster, serverProperties } from "./aws-args.ts";
import { type AwsStreamSpec, awsBrokers, awsStreamSpec } from "./aws-schema.ts";
import type { StreamContract } from "./contract.ts";
import { iamPort } from "./ports.ts";
import { topicConfig } from "./topics.ts";

export interface AwsStreamArgs extends ComponentArgs {
  /** `stream` of the cell's manifest with cloud, account, region and zones. */
  readonly spec: z.input<typeof awsStreamSpec>;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    /** One isolated subnet for each zone, in their order. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** The security group that can reach the brokers. */
    readonly clientSecurityGroupId: pulumi.Input<string>;
  };
  /** ARNs of customer-managed KMS keys. */
  readonly keys: {
    /** Encrypts records. MSK uses it through grants on behalf of the principal that creates the cluster. */
    readonly data: pulumi.Input<string>;
    /** Encrypts the log group. The key policy must allow CloudWatch Logs. */
    readonly logs: pulumi.Input<string>;
  };
  /** Name of a bucket for a copy of the brokers' logs. @default none */
  readonly logArchiveBucket?: pulumi.Input<string>;
  /** Whether topics replicate from or to a cell in another region. @default false */
  readonly replicated?: boolean;
}

const exporterPorts = { jmx: 11001, node: 11002 } as const;

/**
 * An MSK cluster with KRaft in the isolated subnets of a cell. Clients use IAM authentication over TLS; `clientStatements` has the IAM
 * statements for their roles.
 *
 * @example
 * const stream = new AwsStream("stream", { spec, ownership, network, keys });
 * const policy = policyDocument(stream.clientStatements.checkout);
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsStream extends BlueprintComponent implements StreamContract {
  readonly cloud = "aws";
  readonly spec: AwsStreamSpec;
  readonly bootstrapServers: pulumi.Output<string>;
  readonly topicNames: Readonly<Record<string, pulumi.Output<string>>>;
  readonly clusterArn: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  /** The brokers' security group. Clients need an ingress rule on port 9098. */
  readonly securityGroupId: pulumi.Output<string>;
  /** IAM statements of each client, by key. */
  readonly clientStatements: Readonly<Record<string, readonly Statement[]>>;

  constructor(name: string, args: AwsStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsStreamSpec, args.spec, `stream "${name}"`);
    super("stream", "AwsStream", name, args, { spec }, opts);
    this.spec = spec;
    const group = this.#securityGroup(args);
    const cluster = this.#cluster(args, group);
    this.#storageScaling(cluster);

    this.clusterArn = args.replicated ? this.#opened(cluster) : cluster.arn;
    this.clusterName = cluster.clusterName;
    this.securityGroupId = group.id;
    this.bootstrapServers = cluster.bootstrapBrokersSaslIam;
    this.topicNames = this.#topics(cluster);
    this.clientStatements = Object.fromEntries(
      Object.entries(spec.clients).map(([key, client]) => [
        key,
        clientStatements(key, client, cluster.arn),
      ]),
    );
    this.registerOutputs({
      clusterArn: this.clusterArn,
      bootstrapServers: this.bootstrapServers,
      securityGroupId: this.securityGroupId,
      topicNames: this.topicNames,
    });
  }

  #securityGroup({ ownership, network }: AwsStreamArgs): aws.ec2.SecurityGroup {
    const group = new aws.ec2.SecurityGroup(
      this.named(),
      {
        name: nameIn(ownership, "security-group", this.named()),
        description: "Kafka brokers: clients of the cluster that sign in with IAM",
        vpcId: network.vpcId,
        tags: { Name: nameIn(ownership, "aws-name-tag", this.named()) },
      },
      this.child(),
    );
    const ports = {
      clients: iamPort,
      ...(this.spec.openMonitoring
        ? { "jmx-exporter": exporterPorts.jmx, "node-exporter": exporterPorts.node }
        : {}),
    };
    for (const [key, port] of Object.entries(ports)) {
      new aws.vpc.SecurityGroupIngressRule(
        this.named(key),
        {
          securityGroupId: group.id,
          description: `${key} from the nodes of the cluster`,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          referencedSecurityGroupId: network.clientSecurityGroupId,
        },
        this.child(),
      );
    }
    return group;
  }

  #cluster(args: AwsStreamArgs, group: aws.ec2.SecurityGroup): aws.msk.Cluster {
    const { ownership, network, keys, logArchiveBucket, replicated = false } = args;
    const { spec } = this;
    const name = nameIn(ownership, "msk-cluster", this.named());
    const logs = new aws.cloudwatch.LogGroup(
      this.named("logs"),
      {
        // Below this path, AWS services do not need a separate resource policy for each log group.
        name: `/aws/vendedlogs/msk/${name}/brokers`,
        kmsKeyId: keys.logs,
        retentionInDays: spec.logRetentionDays,
      },
      this.stateful(),
    );
    const configuration = new aws.msk.Configuration(
      this.named("configuration"),
      {
        name: nameIn(ownership, "msk-configuration", this.named()),
        description: `Brokers of ${name}`,
        serverProperties: serverProperties(spec),
      },
      this.child(),
    );
    const planned = mskCluster(spec, {
      name,
      subnetIds: network.subnetIds,
      securityGroupId: group.id,
      dataKeyArn: keys.data,
      configuration: { arn: configuration.arn, revision: configuration.latestRevision },
      logGroupName: logs.name,
      replicated,
      ...(logArchiveBucket === undefined
        ? {}
        : { archive: { bucket: logArchiveBucket, prefix: `msk/${name}` } }),
    });
    return new aws.msk.Cluster(
      this.named(),
      planned,
      this.stateful({ ignoreChanges: keptByMsk(spec) }),
    );
  }

  /** The cluster policy that allows MSK Replicator to reach the brokers. The ARN is known when it exists. */
  #opened(cluster: aws.msk.Cluster): pulumi.Output<string> {
    const policy = new aws.msk.ClusterPolicy(
      this.named("policy"),
      {
        clusterArn: cluster.arn,
        policy: policyDocument([
          {
            sid: "CopyToAnotherRegion",
            principals: { services: "kafka.amazonaws.com" },
            actions: [
              "kafka:CreateVpcConnection",
              "kafka:DescribeClusterV2",
              "kafka:GetBootstrapBrokers",
            ],
            resources: cluster.arn,
          },
        ]),
      },
      this.child(),
    );
    return policy.clusterArn;
  }

  #storageScaling(cluster: aws.msk.Cluster): void {
    const { growTo, growAt } = this.spec.storage;
    if (growTo === undefined) return;
    const target = new aws.appautoscaling.Target(
      this.named("storage"),
      {
        serviceNamespace: "kafka",
        scalableDimension: "kafka:broker-storage:VolumeSize",
        resourceId: cluster.arn,
        // MSK supports no other value: it starts from the current size.
        minCapacity: 1,
        maxCapacity: gibibytes(growTo),
      },
      this.child(),
    );
    new aws.appautoscaling.Policy(
      this.named("storage-growth"),
      {
        name: "broker-storage",
        policyType: "TargetTrackingScaling",
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          predefinedMetricSpecification: {
            predefinedMetricType: "KafkaBrokerStorageUtilization",
          },
          targetValue: growAt,
          disableScaleIn: true,
        },
      },
      this.child(),
    );
  }

  #topics(cluster: aws.msk.Cluster): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(
      Object.entries(this.spec.topics).map(([name, topic]) => {
        const made = new aws.msk.Topic(
          this.named(`topic-${name}`),
          {
            clusterArn: cluster.arn,
            name,
            partitionCount: topic.partitions,
            replicationFactor: topic.replicationFactor,
            configs: JSON.stringify(topicConfig(topic)),
          },
          this.stateful(),
        );
        return [name, made.name];
      }),
    );
  }

  /** The number of brokers. */
  get brokers(): number {
    return awsBrokers(this.spec, this.spec.zones.length);
  }
}
