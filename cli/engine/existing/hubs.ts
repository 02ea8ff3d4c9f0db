/** Existing hubs in a rehearsal, with data that passes their checks. */
import type { Hub } from "../../../components/connectivity/hubs.ts";
import type { Connected } from "../../../footprint/model.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";

export function existingHubs({
  plan,
  settings,
}: Pick<Connected, "plan" | "settings">): ExistingResource[] {
  const { transitGateways = {}, googleHub } = settings.existing ?? {};
  return plan.hubs.flatMap((hub): ExistingResource[] => {
    const id = hub.cloud === "aws" ? transitGateways[hub.key] : googleHub;
    return id === undefined ? [] : [existingHub(hub, id)];
  });
}

function existingHub(hub: Hub, id: string): ExistingResource {
  switch (hub.cloud) {
    case "aws": {
      const { account, region, asn } = hub;
      return {
        type: "aws:ec2transitgateway/transitGateway:TransitGateway",
        id,
        config: { region, allowedAccountIds: [account] },
        inputs: {
          amazonSideAsn: asn,
          defaultRouteTableAssociation: "disable",
          defaultRouteTablePropagation: "disable",
          vpnEcmpSupport: "enable",
          ...(hub.shared && { autoAcceptSharedAttachments: "enable" }),
        },
        facts: { ownerId: hub.shared?.owner ?? account, state: "available" },
      };
    }
    case "gcp": {
      const [, project = "", , , , name = ""] = id.split("/");
      return {
        type: "gcp:networkconnectivity/hub:Hub",
        id,
        config: { project: hub.project, region: hub.region },
        inputs: { project, name, policyMode: "PRESET", presetTopology: "MESH" },
        facts: { state: "ACTIVE" },
      };
    }
  }
}
