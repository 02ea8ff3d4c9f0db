/** An existing Google Cloud network in a rehearsal, with data that passes its checks. */
import type { GcpExistingNetworkSpec } from "../../../components/network/gcp-existing-schema.ts";
import { planGcp } from "../../../components/network/plan.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";

/** The network, and a subnetwork with the ranges that Atoll would plan. */
export function existingGcpNetwork(spec: GcpExistingNetworkSpec): ExistingResource[] {
  const { project, region, existing } = spec;
  const config = { project, region };
  const plan = planGcp(spec);
  const network = `projects/${project}/global/networks/${existing.network}`;
  return [
    {
      type: "gcp:compute/network:Network",
      id: network,
      config,
      inputs: { project, name: existing.network, autoCreateSubnetworks: false },
    },
    {
      type: "gcp:compute/subnetwork:Subnetwork",
      id: `projects/${project}/regions/${region}/subnetworks/${existing.subnetwork}`,
      config,
      inputs: {
        project,
        region,
        name: existing.subnetwork,
        network,
        ipCidrRange: plan.nodes,
        secondaryIpRanges: [
          { rangeName: existing.podRange, ipCidrRange: plan.pods },
          { rangeName: existing.serviceRange, ipCidrRange: plan.services },
        ],
        privateIpGoogleAccess: true,
      },
    },
  ];
}
