import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { GcpCluster } from "./gcp.ts";
import type { GcpClusterSpec } from "./schema.ts";

export function build(spec: GcpClusterSpec, cell: SectionBuild<"gcp">): GcpCluster {
  const built = cell.needed(network);
  return new GcpCluster(
    cell.name,
    {
      ...cell.common,
      spec,
      network: built,
      keys: { clusterSecrets: cell.key("cluster-secrets"), volumes: cell.key("volumes") },
      impersonation: cell.credentials.projects[spec.project],
    },
    // Creating a cluster temporarily creates nodes too, which need the network.
    cell.opts({ dependsOn: built }),
  );
}
