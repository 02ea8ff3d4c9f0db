import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
import { rolePolicies } from "../core/role-policies.ts";
import { countLimits } from "../core/service-limits.ts";
import { below, longestClusterArn } from "../stream/aws-access.ts";

/** The topics and consumer groups that a replicator copies. */
export interface Copied {
  /** Topic names. */
  readonly topics: readonly string[];
  /** Consumer groups: these names, and names with these and a dot as prefix. */
  readonly groups: readonly string[];
}

type Arn = pulumi.Input<string>;

/** Internal topics of MSK Replicator, in both clusters. */
const ownTopics = ["*__amazon_msk_replicator_*", "mskr-offset-syncs.*", "*.checkpoints.internal"];

/**
 * Permissions of MSK Replicator on two clusters to replicate these topics with their names. Source: Amazon MSK developer guide,
 * "Topic replication permissions" and "Consumer group replication permissions", without those for topic settings and ACLs, which are
 * not replicated.
 */
export function replicatorStatements(source: Arn, target: Arn, copied: Copied): Statement[] {
  const each = (cluster: Arn, kind: string, names: readonly string[]) =>
    names.map((name) => below(cluster, kind, name));
  const groups = copied.groups.flatMap((group) => [group, `${group}.*`]);
  return [
    {
      sid: "Connect",
      actions: [
        "kafka-cluster:Connect",
        "kafka-cluster:DescribeCluster",
        "kafka-cluster:WriteDataIdempotently",
      ],
      resources: [source, target],
    },
    {
      sid: "OwnTopics",
      actions: [
        "kafka-cluster:AlterTopic",
        "kafka-cluster:AlterTopicDynamicConfiguration",
        "kafka-cluster:CreateTopic",
        "kafka-cluster:DescribeTopic",
        "kafka-cluster:DescribeTopicDynamicConfiguration",
        "kafka-cluster:ReadData",
        "kafka-cluster:WriteData",
      ],
      resources: [...each(source, "topic", ownTopics), ...each(target, "topic", ownTopics)],
    },
    {
      sid: "ReadRecords",
      actions: [
        "kafka-cluster:DescribeTopic",
        "kafka-cluster:DescribeTopicDynamicConfiguration",
        "kafka-cluster:ReadData",
      ],
      resources: each(source, "topic", copied.topics),
    },
    {
      sid: "WriteRecords",
      actions: [
        "kafka-cluster:CreateTopic",
        "kafka-cluster:DescribeTopic",
        "kafka-cluster:DescribeTopicDynamicConfiguration",
        "kafka-cluster:WriteData",
      ],
      resources: each(target, "topic", copied.topics),
    },
    ...(groups.length === 0
      ? []
      : [
          {
            sid: "ReadOffsets",
            actions: "kafka-cluster:DescribeGroup",
            resources: each(source, "group", groups),
          },
        ]),
    {
      sid: "WriteOffsets",
      actions: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
      resources: each(target, "group", ["*__amazon_msk_replicator_*", ...groups]),
    },
  ];
}

/** Two patterns are one group: its name, and names below it. */
export const replicatorLimits = {
  topics: countLimits.replicatorTopics,
  groups: countLimits.replicatorGroupPatterns / 2,
} as const;

/** `<environment>-<cell>-stream`, with names of 20 characters. */
const longestStreamName = 48;

/** As long as the ARN of a cluster at either end can be, in the region with the longest name: it must not depend on the cells. */
export function longestEndArn(account: string): string {
  return longestClusterArn({ account, region: "ap-southeast-1" }, longestStreamName);
}

/** Whether one role can have the permissions for these topics and groups in every region. */
export function replicatorFits(copied: Copied): boolean {
  const arn = longestEndArn("0".repeat(12));
  const statements = replicatorStatements(arn, arn, copied);
  return rolePolicies(statements, statements) !== undefined;
}
