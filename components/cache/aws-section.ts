import { cluster } from "../cluster/section.ts";
import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsCache } from "./aws.ts";
import type { AwsCacheReference } from "./grant.ts";
import type { AwsCacheSpec } from "./schema.ts";

export function build(spec: AwsCacheSpec, cell: SectionBuild<"aws">): AwsCache {
  return new AwsCache(
    cell.name,
    {
      ...cell.common,
      spec,
      network: cell.needed(network),
      cluster: cell.needed(cluster),
      keys: { data: cell.key("caches"), logs: cell.key("logs") },
      // Tenants share the main cache.
      tenants: spec.tenants && cell.main === undefined,
      deployed: cell.deployed,
    },
    cell.opts(),
  );
}

export function references({ arn, userArns }: AwsCache): Record<string, AwsCacheReference> {
  return { main: { arn, userArns } };
}
