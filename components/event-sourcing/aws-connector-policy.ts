/** Permissions of the connector's worker, restricted to its topics and its secret. */
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
import { longestKeyArn } from "../core/kms.ts";
import { rolePolicies } from "../core/role-policies.ts";
import { below, clientStatements, longestClusterArn } from "../stream/aws-access.ts";

interface Access {
  readonly place: { readonly account: string; readonly region: string };
  readonly clusterArn: pulumi.Input<string>;
  readonly topics: readonly string[];
  readonly secretArn: pulumi.Input<string>;
  readonly secretKeyArn: pulumi.Input<string>;
}

export function connectorStatements(access: Access): Statement[] {
  return [
    ...clientStatements("outbox", writer(access.topics), access.clusterArn),
    ...ownRecords(access.clusterArn),
    ...secret(access, access.place.region),
  ];
}

/** The same access with ARNs of the greatest length. */
export function longestArgs({ place, topics }: Pick<Access, "place" | "topics">): Access {
  const { region, account } = place;
  return {
    place,
    topics,
    clusterArn: longestClusterArn(place),
    secretArn: `arn:aws:secretsmanager:${region}:${account}:secret:${"s".repeat(90)}`,
    secretKeyArn: longestKeyArn(place),
  };
}

function writer(topics: readonly string[]) {
  return { produce: [...topics], consume: [], transactional: false };
}

/**
 * Workers store offsets, settings and state in topics that they create themselves. Source of the names: Amazon MSK developer
 * guide, "Understand service execution role".
 */
function ownRecords(clusterArn: pulumi.Input<string>): Statement[] {
  return [
    {
      sid: "OwnTopics",
      actions: [
        "kafka-cluster:CreateTopic",
        "kafka-cluster:DescribeTopic",
        "kafka-cluster:ReadData",
        "kafka-cluster:WriteData",
      ],
      resources: below(clusterArn, "topic", "__amazon_msk_connect_*"),
    },
    {
      sid: "OwnGroups",
      actions: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
      resources: [
        below(clusterArn, "group", "__amazon_msk_connect_*"),
        below(clusterArn, "group", "connect-*"),
      ],
    },
  ];
}

function secret({ secretArn, secretKeyArn }: Access, region: string): Statement[] {
  return [
    { sid: "Password", actions: "secretsmanager:GetSecretValue", resources: secretArn },
    {
      sid: "KeyOfThePassword",
      actions: "kms:Decrypt",
      resources: secretKeyArn,
      conditions: {
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
      },
    },
  ];
}

/** The number of topics, from the first, whose permissions one role can have. */
export function fittingTopics({ place, topics }: Pick<Access, "place" | "topics">): number {
  const fits = (count: number) => {
    const statements = connectorStatements(longestArgs({ place, topics: topics.slice(0, count) }));
    return rolePolicies(statements, statements) !== undefined;
  };
  let count = topics.length;
  while (!fits(count)) count -= 1;
  return count;
}
