/** Rules for clusters and node pools: networks and version skew. */
import { minorOf, minorsBetween } from "../clusters.ts";
import { CloudError } from "../errors.ts";
import { valueAt } from "../outputs/making.ts";
import { isBag } from "../wire.ts";
import type { Change } from "./invariant.ts";

/** How many minor versions a kubelet may be older than the control plane (Kubernetes "Version Skew Policy"). */
const SKEW = 3;

/** @throws CloudError for subnets in one zone or of two VPCs. */
export function eksCluster({ references }: Change): void {
  const subnets = references.filter(({ property }) => property.startsWith("vpcConfig.subnetIds"));
  const zones = new Set(subnets.map(({ target }) => target.state.availabilityZone));
  if (zones.size < 2) {
    throw new CloudError(
      "InvalidParameterException",
      "Subnets specified must be in at least two different AZs",
    );
  }
  if (new Set(subnets.map(({ target }) => target.state.vpcId)).size > 1) {
    throw new CloudError("InvalidParameterException", "Subnets specified belong to different VPCs");
  }
}

/** @throws CloudError when the group's subnets are not in the cluster's VPC, or its version has too much skew. */
export function nodeGroup({ inputs, references }: Change): void {
  const cluster = references.find(({ property }) => property === "clusterName")?.target;
  if (cluster === undefined) return;
  const vpcId = valueAt(cluster.state, ["vpcConfig", "vpcId"]);
  const foreign = references.find(
    ({ property, target }) => property.startsWith("subnetIds") && target.state.vpcId !== vpcId,
  );
  if (foreign !== undefined) {
    throw new CloudError(
      "InvalidParameterException",
      `Subnet ${foreign.target.id} is not in the cluster's VPC ${String(vpcId)}`,
    );
  }
  refuseSkew(inputs.version, cluster.state.version, "InvalidParameterException");
}

function refuseSkew(nodes: unknown, control: unknown, code: string): void {
  if (typeof nodes !== "string" || minorOf(nodes) === "" || minorOf(control) === "") return;
  const behind = minorsBetween(control, nodes);
  if (behind < 0)
    throw new CloudError(
      code,
      `Node version ${nodes} is newer than the cluster's ${String(control)}`,
    );
  if (behind > SKEW) {
    throw new CloudError(
      code,
      `Node version ${nodes} is more than ${SKEW} minor versions behind the cluster's ${String(control)}`,
    );
  }
}

/** Nodes can be in any zones of the cluster's region, also after its creation. */
function refuseForeignZones({ location, nodeLocations }: Change["inputs"]): void {
  if (typeof location !== "string" || !Array.isArray(nodeLocations)) return;
  const region = location.replace(/-[a-z]$/, "");
  const foreign = nodeLocations.find((zone) => String(zone).replace(/-[a-z]$/, "") !== region);
  if (foreign === undefined) return;
  throw new CloudError(
    "invalid",
    `Location '${String(foreign)}' is not a zone of region '${region}' of the cluster`,
  );
}

/** @throws CloudError when nodes are in zones of another region, or the cluster's subnetwork does not have the ranges or is in another region. */
export function gkeCluster({ inputs, references }: Change): void {
  refuseForeignZones(inputs);
  const subnetwork = references.find(({ property }) => property === "subnetwork")?.target;
  if (subnetwork === undefined) return;
  const region = String(inputs.location ?? "").replace(/-[a-z]$/, "");
  if (region !== "" && region !== subnetwork.state.region) {
    throw new CloudError(
      "invalid",
      `Subnetwork '${subnetwork.id}' is not in region '${region}' of the cluster`,
    );
  }
  const ranges = subnetwork.state.secondaryIpRanges;
  const names = (Array.isArray(ranges) ? ranges.filter(isBag) : []).map((range) => range.rangeName);
  for (const kind of ["clusterSecondaryRangeName", "servicesSecondaryRangeName"]) {
    const wanted = valueAt(inputs, ["ipAllocationPolicy", kind]);
    if (wanted !== undefined && wanted !== "" && !names.includes(wanted)) {
      throw new CloudError(
        "invalid",
        `Services or pods range '${String(wanted)}' does not exist in subnetwork '${subnetwork.id}'; it has ${names.join(", ") || "none"}`,
      );
    }
  }
}

/** @throws CloudError when nodes are in zones of another region, or the pool's version has too much skew. */
export function nodePool({ inputs, references }: Change): void {
  refuseForeignZones(inputs);
  const cluster = references.find(({ property }) => property === "cluster")?.target;
  if (cluster !== undefined) refuseSkew(inputs.version, cluster.state.masterVersion, "invalid");
}
