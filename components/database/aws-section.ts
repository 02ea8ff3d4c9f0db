import { cluster } from "../cluster/section.ts";
import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsDatabase } from "./aws.ts";
import type { AwsDatabaseReference } from "./grant.ts";
import type { AwsDatabaseSpec } from "./schema.ts";

export function build(spec: AwsDatabaseSpec, cell: SectionBuild<"aws">): AwsDatabase {
  const [copy] = spec.replicateTo ? cell.copiesTo("database") : [];
  return new AwsDatabase(
    cell.name,
    {
      ...cell.common,
      spec,
      network: cell.needed(network),
      cluster: cell.needed(cluster),
      keys: { data: cell.key("databases"), logs: cell.key("logs") },
      deployed: cell.deployed,
      ...(copy && { copy: { region: copy.region, keyArn: copy.key("databases") } }),
    },
    cell.opts(),
  );
}

/** Clients write through the proxy, and read directly from the cluster's readers. */
export function references({
  signInId,
  proxyResourceId,
  clusterResourceId,
}: AwsDatabase): Record<string, AwsDatabaseReference> {
  return { main: { resourceId: signInId, ...(proxyResourceId && { clusterResourceId }) } };
}
