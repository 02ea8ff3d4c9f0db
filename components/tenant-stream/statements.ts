/** The permissions of a tenant's clients on an MSK cluster, for the roles of its identities. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
import { below } from "../stream/aws-access.ts";
import { prefixOf } from "./names.ts";

/**
 * Everything under the tenant's prefix: topics, consumer groups and transactional ids together, for an identity that uses all of the
 * tenant's topics. Nothing creates, changes or deletes topics.
 *
 * @param tenant its id, or an IAM policy variable in its place: `${aws:PrincipalTag/tenant}`
 * @param clusterArn `arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>`
 */
export function streamStatements(tenant: string, clusterArn: pulumi.Input<string>): Statement[] {
  const all = (kind: string) => below(clusterArn, kind, `${prefixOf(tenant)}*`);
  return [
    {
      sid: "StreamConnect",
      actions: [
        "kafka-cluster:Connect",
        "kafka-cluster:DescribeCluster",
        "kafka-cluster:WriteDataIdempotently",
      ],
      resources: clusterArn,
    },
    {
      sid: "StreamTopics",
      actions: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData", "kafka-cluster:WriteData"],
      resources: all("topic"),
    },
    {
      sid: "StreamGroups",
      actions: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
      resources: all("group"),
    },
    {
      sid: "StreamTransactions",
      actions: ["kafka-cluster:AlterTransactionalId", "kafka-cluster:DescribeTransactionalId"],
      resources: all("transactional-id"),
    },
  ];
}
