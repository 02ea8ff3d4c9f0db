import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grantRole } from "../core/aws-role-policies.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { trustPolicy } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { dividedPolicies } from "../core/role-policies.ts";
import { type Duration, seconds } from "../core/units.ts";
import { iamPort } from "../stream/ports.ts";
import { type Copied, longestEndArn, replicatorStatements } from "./aws-replicator-policy.ts";

/** The brokers of one cell. */
export interface StreamEnd {
  readonly clusterArn: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  /** The brokers' subnets. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The brokers' security group. */
  readonly securityGroupId: pulumi.Input<string>;
  /** The provider of the brokers' region. */
  readonly provider: aws.Provider;
}

export interface AwsReplicatorArgs extends ComponentArgs {
  readonly account: string;
  /** Physical name, which metrics use. */
  readonly replicatorName: string;
  readonly source: StreamEnd;
  readonly target: StreamEnd;
  readonly copied: Copied;
  /** An alarm fires while records take longer. */
  readonly rpo: Duration;
}

/** A group name that is never used: MSK Replicator requires at least one group. */
const noGroup = "atoll-nobody";

/** Replicates topics to the brokers of another region, with the same names and with consumer offsets. */
export class AwsReplicator extends BlueprintComponent {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AwsReplicatorArgs, opts?: pulumi.ComponentResourceOptions) {
    const { replicatorName, source, target, copied } = args;
    super("replication", "AwsReplicator", name, args, { replicatorName, ...copied }, opts);
    const replicator = new aws.msk.Replicator(
      this.named(),
      {
        replicatorName,
        description: "Copies records to another region, with the offsets of their consumers",
        serviceExecutionRoleArn: this.#role(args),
        kafkaClusters: [
          {
            amazonMskCluster: { mskClusterArn: source.clusterArn },
            // No security group: from another region, MSK uses the cluster's private connectivity.
            vpcConfig: { subnetIds: source.subnetIds },
          },
          {
            amazonMskCluster: { mskClusterArn: target.clusterArn },
            vpcConfig: {
              subnetIds: target.subnetIds,
              securityGroupsIds: [this.#group(target, args)],
            },
          },
        ],
        replicationInfoList: {
          sourceKafkaClusterArn: source.clusterArn,
          targetKafkaClusterArn: target.clusterArn,
          targetCompressionType: "LZ4",
          topicReplications: [
            {
              topicsToReplicates: copied.topics.map(exactly),
              // Both cells declare their topics, and IAM controls access.
              copyTopicConfigurations: false,
              copyAccessControlListsForTopics: false,
              detectAndCopyNewTopics: true,
              startingPosition: { type: "EARLIEST" },
              topicNameConfiguration: { type: "IDENTICAL" },
            },
          ],
          consumerGroupReplications: [
            {
              consumerGroupsToReplicates: groupPatterns(copied.groups),
              detectAndCopyNewConsumerGroups: true,
              synchroniseConsumerGroupOffsets: true,
              // Offsets are replicated in both directions: another replicator works in the other one.
              consumerGroupOffsetSyncMode: "ENHANCED",
            },
          ],
        },
      },
      this.child({
        provider: target.provider,
        // MSK cannot move a replicator: with other subnets, another one would start from the beginning of the topics.
        ignoreChanges: [0, 1].map((end) => `kafkaClusters[${end}].vpcConfig.subnetIds`),
      }),
    );
    this.#alarm(args);
    this.arn = replicator.arn;
    this.registerOutputs({ arn: this.arn });
  }

  #role({ ownership, account, replicatorName, source, target, copied }: AwsReplicatorArgs) {
    const roleName = nameIn(ownership, "iam-role", this.named());
    const role = new aws.iam.Role(
      this.named("role"),
      {
        name: roleName,
        description: `MSK Replicator ${replicatorName}`,
        assumeRolePolicy: trustPolicy("kafka.amazonaws.com", {
          conditions: { StringEquals: { "aws:SourceAccount": account } },
        }),
      },
      this.child({ provider: target.provider }),
    );
    const arn = longestEndArn(account);
    const policy = grantRole(
      role,
      dividedPolicies(
        replicatorStatements(source.clusterArn, target.clusterArn, copied),
        replicatorStatements(arn, arn, copied),
      ),
      { resource: this.named("role-policy"), inline: "replicate", role: roleName },
      this.child({ provider: target.provider }),
    );
    return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
  }

  /** Allows the replicator to reach the brokers it writes to, and nothing else. The id is known when the rules exist. */
  #group({ vpcId, securityGroupId, provider }: StreamEnd, { ownership }: AwsReplicatorArgs) {
    const name = nameIn(ownership, "security-group", this.named());
    const group = new aws.ec2.SecurityGroup(
      this.named("group"),
      { name, description: "MSK Replicator", vpcId, tags: { Name: name } },
      this.child({ provider }),
    );
    const kafka = { ipProtocol: "tcp", fromPort: iamPort, toPort: iamPort };
    const out = new aws.vpc.SecurityGroupEgressRule(
      this.named("to-brokers"),
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: securityGroupId,
        description: "to the brokers",
        ...kafka,
      },
      this.child({ provider }),
    );
    const into = new aws.vpc.SecurityGroupIngressRule(
      this.named("into-brokers"),
      {
        securityGroupId,
        referencedSecurityGroupId: group.id,
        description: "from MSK Replicator",
        ...kafka,
      },
      this.child({ provider }),
    );
    return pulumi.all([group.id, out.id, into.id]).apply(([id]) => id);
  }

  #alarm({ ownership, replicatorName, target, rpo }: AwsReplicatorArgs): void {
    new aws.cloudwatch.MetricAlarm(
      this.named("lag"),
      {
        name: nameIn(ownership, "metric-alarm", this.named(), "lag"),
        alarmDescription: `Records need longer than ${rpo} to the other cell`,
        namespace: "AWS/Kafka",
        metricName: "ReplicationLatency",
        dimensions: { ReplicatorName: replicatorName },
        statistic: "Maximum",
        period: 60,
        evaluationPeriods: 3,
        comparisonOperator: "GreaterThanThreshold",
        threshold: seconds(rpo) * 1000,
        treatMissingData: "notBreaching",
      },
      this.child({ provider: target.provider }),
    );
  }
}

/** MSK Replicator selects topics and groups by regular expression. */
function exactly(name: string): string {
  return name.replaceAll(".", "\\.");
}

function groupPatterns(groups: readonly string[]): string[] {
  const named = groups.length === 0 ? [noGroup] : groups;
  return named.flatMap((group) => [exactly(group), `${exactly(group)}\\..*`]);
}
