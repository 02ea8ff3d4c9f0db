import { cluster } from "../cluster/section.ts";
import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsStream } from "./aws.ts";
import { type AwsStreamSpec, mostZones } from "./aws-schema.ts";
import type { AwsTopicReference } from "./grant.ts";

export function build(spec: AwsStreamSpec, cell: SectionBuild<"aws">): AwsStream {
  const { vpcId, isolatedSubnetIds } = cell.needed(network);
  return new AwsStream(
    cell.name,
    {
      ...cell.common,
      spec,
      network: {
        vpcId,
        subnetIds: isolatedSubnetIds.slice(0, mostZones),
        clientSecurityGroupId: cell.needed(cluster).clusterSecurityGroupId,
      },
      keys: { data: cell.key("streams"), logs: cell.key("logs") },
      ...(cell.serviceLogs && { logArchiveBucket: cell.serviceLogs }),
      replicated: cell.isCopied("stream"),
    },
    cell.opts(),
  );
}

export function references({
  clusterArn,
  topicNames,
}: AwsStream): Record<string, AwsTopicReference> {
  return Object.fromEntries(Object.keys(topicNames).map((topic) => [topic, { clusterArn, topic }]));
}
