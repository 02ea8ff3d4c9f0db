import { cluster } from "../cluster/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { OnpremNodePools } from "./onprem.ts";
import type { OnpremNodePoolsSpec } from "./schema.ts";

export function build(spec: OnpremNodePoolsSpec, cell: SectionBuild<"onprem">): OnpremNodePools {
  const built = cell.needed(cluster);
  return new OnpremNodePools(
    cell.name,
    { ...cell.common, spec, cluster: built },
    cell.opts({ providers: { kubernetes: built.provider } }),
  );
}
