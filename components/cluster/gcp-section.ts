import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import type { GcpClusterOutputs } from "./contract.ts";
import { GcpCluster } from "./gcp.ts";
import type { AnyGcpClusterSpec } from "./schema.ts";

export async function build(
  spec: AnyGcpClusterSpec,
  cell: SectionBuild<"gcp">,
): Promise<GcpClusterOutputs> {
  const built = cell.needed(network);
  const common = { ...cell.common, impersonation: cell.credentials.projects[spec.project] };
  const volumes = cell.key("volumes");
  if (spec.existing) {
    // Few cells refer to one: what looks it up is not loaded for the others.
    const [{ GcpExistingCluster }, { lookUpGcpCluster }] = await Promise.all([
      import("./gcp-existing.ts"),
      import("./gcp-existing-lookup.ts"),
    ]);
    const facts = await lookUpGcpCluster(spec, cell.lookUp());
    return new GcpExistingCluster(
      cell.name,
      { ...common, spec, facts, keys: { volumes } },
      cell.opts(),
    );
  }
  return new GcpCluster(
    cell.name,
    {
      ...common,
      spec,
      network: built,
      keys: { clusterSecrets: cell.key("cluster-secrets"), volumes },
    },
    // Creating a cluster temporarily creates nodes too, which need the network.
    cell.opts({ dependsOn: built }),
  );
}
