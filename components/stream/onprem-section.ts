import { cluster } from "../cluster/section.ts";
import { nodePools } from "../node-pool/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { OnpremStream } from "./onprem.ts";
import type { OnpremStreamSpec } from "./onprem-schema.ts";

export function build(spec: OnpremStreamSpec, cell: SectionBuild<"onprem">): OnpremStream {
  return new OnpremStream(
    cell.name,
    { ...cell.common, spec, cluster: cell.needed(cluster) },
    // Nodes must have the labels of their pools before pods are scheduled.
    cell.opts({ dependsOn: cell.needed(nodePools) }),
  );
}
