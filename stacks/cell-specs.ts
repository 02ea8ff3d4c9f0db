/** From a cell's manifest to the specs of its components: each section joined with what the whole cell knows. */
import { clusterSpec, type ClusterSpec } from "../components/cluster/schema.ts";
import type { Problem } from "../components/core/errors.ts";
import { physicalName } from "../components/core/naming.ts";
import { checkSpec } from "../components/core/spec.ts";
import { networkSpec, type NetworkSpec } from "../components/network/schema.ts";
import { nodePoolsSpec, type NodePoolsSpec } from "../components/node-pool/schema.ts";
import type { Landing } from "../components/provider/provider.ts";
import type { CellManifest } from "./manifest.ts";

export interface CellSpecs {
  readonly network: NetworkSpec;
  readonly cluster: ClusterSpec;
  readonly nodePools: NodePoolsSpec;
}

/** Where a cell lands. */
export function landingOf(cell: CellManifest): Landing {
  switch (cell.cloud) {
    case "aws":
      return { cloud: cell.cloud, account: cell.account, region: cell.region };
    case "gcp":
      return { cloud: cell.cloud, project: cell.project, region: cell.region };
    case "onprem":
      return { cloud: cell.cloud };
  }
}

/** What every component of a cell is told beside its own section. */
function shared(cell: CellManifest) {
  switch (cell.cloud) {
    case "aws":
      return { cloud: cell.cloud, region: cell.region, account: cell.account };
    case "gcp":
      return {
        cloud: cell.cloud,
        region: cell.region,
        project: cell.project,
        projectNumber: cell.projectNumber,
      };
    case "onprem":
      return { cloud: cell.cloud, site: cell.site };
  }
}

/** Checks the sections of a cell's manifest; undefined when one has a problem, which is then added to `problems`. */
export function cellSpecs(
  cell: CellManifest,
  at: { readonly name: string; readonly file: string },
  problems: Problem[],
): CellSpecs | undefined {
  const facts = shared(cell);
  const name = physicalName("eks-cluster", [cell.environment, at.name]);
  const zones = "zones" in cell && cell.zones ? { zones: cell.zones } : {};
  const network = checkSpec(
    networkSpec,
    { ...cell.network, ...facts, ...zones, cidr: cell.cidr, clusterName: name },
    `${at.file}: network`,
  );
  const cluster = checkSpec(clusterSpec, { ...cell.cluster, ...facts, name }, `${at.file}: cluster`);
  const nodePools = checkSpec(
    nodePoolsSpec,
    { ...facts, pools: cell.nodePools },
    `${at.file}: nodePools`,
  );
  return network.spec && cluster.spec && nodePools.spec
    ? { network: network.spec, cluster: cluster.spec, nodePools: nodePools.spec }
    : undefined;
}
