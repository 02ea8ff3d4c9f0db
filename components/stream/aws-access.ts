import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
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
  const cluster = pulumi.output(clusterArn);
  const topics = (grants: readonly string[]) =>
    grants.map((grant) => {
      const { name, prefix } = parsed(grant);
      return below(cluster, "topic", `${name}${prefix ? "*" : ""}`);
    });
  const group = groupOf(key, client);
  const named = (kind: string) => [below(cluster, kind, group), below(cluster, kind, `${group}.*`)];
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
      resources: cluster,
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
): pulumi.Output<string> {
  return pulumi
    .output(clusterArn)
    .apply((arn) => `${arn.replace(":cluster/", `:${kind}/`)}/${name}`);
}
