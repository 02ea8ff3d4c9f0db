import { cluster } from "../cluster/section.ts";
import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { GcpNodePools } from "./gcp.ts";
import type { GcpNodePoolsSpec } from "./schema.ts";

export function build(spec: GcpNodePoolsSpec, cell: SectionBuild<"gcp">): GcpNodePools {
  const built = cell.needed(cluster);
  return new GcpNodePools(
    cell.name,
    { ...cell.common, spec, cluster: built },
    // Not only the subnets: a node without access to the registry does not become ready.
    cell.opts({ providers: { kubernetes: built.provider }, dependsOn: cell.needed(network) }),
  );
}
