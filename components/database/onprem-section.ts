import { cluster } from "../cluster/section.ts";
import { nodePools } from "../node-pool/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { OnpremDatabase } from "./onprem.ts";
import type { OnpremDatabaseSpec } from "./schema.ts";

export function build(spec: OnpremDatabaseSpec, cell: SectionBuild<"onprem">): OnpremDatabase {
  return new OnpremDatabase(
    cell.name,
    { ...cell.common, spec, cluster: cell.needed(cluster) },
    // Nodes must have the labels of their pools before pods are scheduled on them.
    cell.opts({ dependsOn: [cell.needed(nodePools), ...(cell.main ? [cell.main] : [])] }),
  );
}
