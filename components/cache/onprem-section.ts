import { cluster } from "../cluster/section.ts";
import { nodePools } from "../node-pool/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { OnpremCache } from "./onprem.ts";
import type { OnpremCacheSpec } from "./schema.ts";

export function build(spec: OnpremCacheSpec, cell: SectionBuild<"onprem">): OnpremCache {
  return new OnpremCache(
    cell.name,
    { ...cell.common, spec, cluster: cell.needed(cluster) },
    // Nodes must have the labels of their pools before pods are scheduled on them.
    cell.opts({ dependsOn: cell.needed(nodePools) }),
  );
}
