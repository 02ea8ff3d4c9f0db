import type { ResourceTransformation } from "@pulumi/pulumi";
import type { TenantBuild } from "../section/tenant-build.ts";
import { AwsStream } from "../stream/aws.ts";
import type { AwsStreamSpec } from "../stream/aws-schema.ts";
import { stream } from "../stream/section.ts";
import { keys } from "../tenant-keys/section.ts";
import { AwsTenantStream, type AwsTenantStreamArgs } from "./aws.ts";
import type { AwsTenantStreamSpec } from "./schema.ts";

export function build(spec: AwsTenantStreamSpec, tenant: TenantBuild<"aws">): AwsTenantStream {
  const { name, common, opts, ofCell } = tenant;
  const brokers: AwsTenantStreamArgs["stream"] =
    spec.brokers === undefined
      ? {
          clusterArn: ofCell(stream, "ARN of its Kafka cluster", ({ cluster }) =>
            cluster?.cloud === "aws" ? cluster.arn : undefined,
          ),
          bootstrapServers: ofCell(stream, "bootstrap servers", (found) => found.bootstrapServers),
        }
      : ownBrokers(spec.brokers, tenant);
  return new AwsTenantStream(name, { ...common, spec, stream: brokers }, opts());
}

function ownBrokers(
  spec: AwsStreamSpec,
  { name, common, opts, ground, key, needed }: TenantBuild<"aws">,
): AwsStream {
  const subnetIds = ground("isolatedSubnetIds");
  return new AwsStream(
    `${name}-brokers`,
    {
      ...common,
      spec,
      network: {
        vpcId: ground("vpcId"),
        subnetIds: spec.zones.map((_, index) => subnetIds.apply((ids) => ids[index] ?? "")),
        clientSecurityGroupId: ground("clusterSecurityGroupId"),
      },
      keys: { data: needed(keys).of("streams"), logs: key("logs") },
    },
    opts({ transformations: [inItsSubnets] }),
  );
}

/** Brokers stay in the subnets of their creation: MSK has no operation that changes them. */
const inItsSubnets: ResourceTransformation = ({ type, props, opts }) => ({
  props,
  opts:
    type === "aws:msk/cluster:Cluster"
      ? {
          ...opts,
          ignoreChanges: [...(opts.ignoreChanges ?? []), "brokerNodeGroupInfo.clientSubnets"],
        }
      : opts,
});
