import type * as pulumi from "@pulumi/pulumi";
import { AwsCache } from "../cache/aws.ts";
import type { AwsCacheSpec } from "../cache/schema.ts";
import { cache } from "../cache/section.ts";
import { zonesOf } from "../section/cell.ts";
import type { TenantBuild } from "../section/tenant-build.ts";
import { keys } from "../tenant-keys/section.ts";
import { keyPrefix } from "./access.ts";
import { AwsServerlessCache } from "./aws-serverless.ts";
import { AwsTenantCacheUser } from "./aws-user.ts";
import type { TenantCache } from "./contract.ts";
import { valkeyPort } from "./ports.ts";
import type { AwsTenantCacheSpec } from "./schema.ts";

type Client = Pick<AwsTenantCacheSpec, "tenant" | "services">;

export function build(spec: AwsTenantCacheSpec, tenant: TenantBuild<"aws">): TenantCache {
  switch (spec.isolation) {
    case "pool":
      return userOfCell(spec, tenant);
    case "bridge": {
      const { name, common, opts, ground, needed } = tenant;
      return new AwsServerlessCache(
        name,
        {
          ...common,
          spec,
          network: {
            vpcId: ground("vpcId"),
            // ElastiCache accepts two or three.
            subnetIds: isolatedSubnets(tenant).slice(0, 3),
            clientSecurityGroupId: ground("clusterSecurityGroupId"),
          },
          keys: { data: needed(keys).of("caches") },
        },
        opts(),
      );
    }
    case "silo":
      return ownGroup(spec, spec.cache, tenant);
  }
}

function userOfCell(
  { tenant, services }: Client,
  { name, common, opts, ofCell }: TenantBuild<"aws">,
): AwsTenantCacheUser {
  return new AwsTenantCacheUser(
    name,
    {
      ...common,
      tenant,
      services,
      cache: {
        arn: ofCell(cache, "ARN of its cache", ({ users }) => users?.cacheArn),
        userGroupId: ofCell(cache, "group of users of its cache", ({ users }) => users?.groupId),
        endpoint: ofCell(cache, "endpoint of its cache", ({ endpoint }) => endpoint),
        port: valkeyPort,
        clustered: ofCell(cache, "kind of its cache", ({ clustered }) => clustered),
      },
    },
    opts(),
  );
}

function ownGroup(
  { tenant: id, services }: Client,
  spec: AwsCacheSpec,
  tenant: TenantBuild<"aws">,
): TenantCache {
  const { name, common, opts, ground, key, needed } = tenant;
  const built = new AwsCache(
    name,
    {
      ...common,
      spec,
      network: { vpcId: ground("vpcId"), isolatedSubnetIds: isolatedSubnets(tenant) },
      cluster: { clusterSecurityGroupId: ground("clusterSecurityGroupId") },
      keys: { data: needed(keys).of("caches"), logs: key("logs") },
    },
    opts(),
  );
  const { endpoint, port, clustered, arn } = built;
  const user = built.userArns.app as pulumi.Output<string>;
  return {
    endpoint,
    port,
    clustered,
    prefix: keyPrefix(id),
    services,
    user: user.apply(() => built.userNames.app ?? ""),
    arns: { cache: arn, user },
  };
}

/** One for each zone of the cell. */
function isolatedSubnets({ tenant, ground }: TenantBuild<"aws">): pulumi.Output<string>[] {
  const { cell } = tenant;
  const zones = cell.cloud === "aws" ? zonesOf(cell) : [];
  const ids = ground("isolatedSubnetIds");
  return zones.map((_, index) => ids.apply((known) => known[index] ?? ""));
}
