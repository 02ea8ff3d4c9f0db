/** Existing Transit Gateways as a rehearsal takes them: with the facts that their checks ask for. */
import type { Connected } from "../../../footprint/model.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";

export function existingTransitGateways({
  plan,
  settings,
}: Pick<Connected, "plan" | "settings">): ExistingResource[] {
  return plan.hubs.flatMap((hub): ExistingResource[] => {
    const id = settings.existing?.transitGateways[hub.key];
    if (hub.cloud !== "aws" || id === undefined) return [];
    const { account, region, asn } = hub;
    return [
      {
        type: "aws:ec2transitgateway/transitGateway:TransitGateway",
        id,
        config: { region, allowedAccountIds: [account] },
        inputs: {
          amazonSideAsn: asn,
          defaultRouteTableAssociation: "disable",
          defaultRouteTablePropagation: "disable",
          vpnEcmpSupport: "enable",
        },
        facts: { ownerId: account, state: "available" },
      },
    ];
  });
}
