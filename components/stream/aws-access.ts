import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
import { longestNameOf } from "../core/naming.ts";
import type { Client } from "./topic-schema.ts";
import { groupOf, parsed } from "./topics.ts";

/**
 * Least-privilege IAM statements for a client of an MSK cluster. The actions and their dependencies are from the Amazon MSK developer
 * guide, "Semantics of IAM authorization policy actions and resources".
 *
 * @param clusterArn `arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>`
 */
export function clientStatements(
  key: string,
  client: Client,
  clusterArn: pulumi.Input<string>,
): Statement[] {
  const topics = (grants: readonly string[]) =>
    grants.map((grant) => {
      const { name, prefix } = parsed(grant);
      return below(clusterArn, "topic", `${name}${prefix ? "*" : ""}`);
    });
  const group = groupOf(key, client);
  const named = (kind: string) => [
    below(clusterArn, kind, group),
    below(clusterArn, kind, `${group}.*`),
  ];
  const { produce, consume, transactional } = client;
  const writes = produce.length > 0;
  const reads = consume.length > 0;
  return [
    {
      sid: "Connect",
      actions: [
        "kafka-cluster:Connect",
        "kafka-cluster:DescribeCluster",
        ...(writes ? ["kafka-cluster:WriteDataIdempotently"] : []),
      ],
      resources: clusterArn,
    },
    ...(writes
      ? [
          {
            sid: "Produce",
            actions: ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"],
            resources: topics(produce),
          },
        ]
      : []),
    ...(reads
      ? [
          {
            sid: "Consume",
            actions: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
            resources: topics(consume),
          },
          {
            sid: "Groups",
            actions: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
            resources: named("group"),
          },
        ]
      : []),
    ...(transactional
      ? [
          {
            sid: "Transactions",
            actions: [
              "kafka-cluster:AlterTransactionalId",
              "kafka-cluster:DescribeTransactionalId",
            ],
            resources: named("transactional-id"),
          },
        ]
      : []),
  ];
}

/** The ARN of a resource in a cluster: `arn:aws:kafka:<region>:<account>:topic/<cluster>/<uuid>/<name>`. */
export function below(
  clusterArn: pulumi.Input<string>,
  kind: string,
  name: string,
): pulumi.Input<string> {
  const inCluster = (arn: string) => `${arn.replace(":cluster/", `:${kind}/`)}/${name}`;
  return typeof clusterArn === "string"
    ? inCluster(clusterArn)
    : pulumi.output(clusterArn).apply(inCluster);
}

/**
 * As long as an ARN of a cluster can be: its id has 36 characters and a number.
 *
 * @param nameLength length of the cluster's name. @default the longest possible
 */
export function longestClusterArn(
  { region, account }: { readonly region: string; readonly account: string },
  nameLength = longestNameOf("msk-cluster"),
): string {
  return `arn:aws:kafka:${region}:${account}:cluster/${"c".repeat(nameLength)}/${"0".repeat(36)}-00`;
}
