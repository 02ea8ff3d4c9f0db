import { cluster } from "../cluster/section.ts";
import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsNodePools } from "./aws.ts";
import type { AwsNodePoolsSpec } from "./schema.ts";

export function build(spec: AwsNodePoolsSpec, cell: SectionBuild<"aws">): AwsNodePools {
  const built = cell.needed(cluster);
  return new AwsNodePools(
    cell.name,
    { ...cell.common, spec, cluster: built },
    // Not only the subnets: a node without access to the registry does not become ready.
    cell.opts({ providers: { kubernetes: built.provider }, dependsOn: cell.needed(network) }),
  );
}
