import { cluster } from "../cluster/section.ts";
import { nodePools } from "../node-pool/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { OnpremSecrets } from "./onprem.ts";
import type { OnpremSecretsSpec } from "./schema.ts";

export function build(spec: OnpremSecretsSpec, cell: SectionBuild<"onprem">): OnpremSecrets {
  return new OnpremSecrets(
    cell.name,
    { ...cell.common, spec, cluster: cell.needed(cluster) },
    // Nodes must have the labels of their pools before pods are scheduled.
    cell.opts({ dependsOn: cell.needed(nodePools) }),
  );
}
