/** Looks up an existing network on AWS. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type LookedUp, lookedUp } from "../core/existing.ts";
import { type AwsNetworkFacts, type RouteFacts, subnetsOf } from "./aws-existing-checks.ts";
import type { AwsExistingNetworkSpec } from "./aws-existing-schema.ts";

/** Looks up everything once. A failed lookup is a fact as well. */
export async function lookUpAwsNetwork(
  spec: AwsExistingNetworkSpec,
  options: pulumi.InvokeOptions,
): Promise<AwsNetworkFacts> {
  const { vpcId, endpointSecurityGroupId } = spec.existing;
  const ids = subnetsOf(spec).map(({ id }) => id);
  const [vpc, endpointGroup, subnets, routes] = await Promise.all([
    lookedUp(aws.ec2.getVpc({ id: vpcId }, options), (seen) => ({
      cidrBlocks: [
        seen.cidrBlock,
        ...seen.cidrBlockAssociations
          .filter(({ state }) => state === "associated")
          .map(({ cidrBlock }) => cidrBlock),
      ].filter((block, place, all) => all.indexOf(block) === place),
      enableDnsSupport: seen.enableDnsSupport,
      enableDnsHostnames: seen.enableDnsHostnames,
    })),
    endpointSecurityGroupId === undefined
      ? undefined
      : lookedUp(aws.ec2.getSecurityGroup({ id: endpointSecurityGroupId }, options), (seen) => ({
          vpcId: seen.vpcId,
        })),
    byId(ids, (id) =>
      lookedUp(aws.ec2.getSubnet({ id }, options), (seen) => ({
        vpcId: seen.vpcId,
        zone: seen.availabilityZone,
        cidr: seen.cidrBlock,
        freeAddresses: seen.availableIpAddressCount,
        mapsPublicAddresses: seen.mapPublicIpOnLaunch,
        ownerId: seen.ownerId,
        tags: seen.tags,
      })),
    ),
    byId(ids, (id) => routesOf(vpcId, id, options)),
  ]);
  return { vpc, endpointGroup, subnets, routes };
}

async function byId<Facts>(
  ids: readonly string[],
  look: (id: string) => Promise<LookedUp<Facts>>,
): Promise<Record<string, LookedUp<Facts>>> {
  return Object.fromEntries(
    await Promise.all(ids.map(async (id) => [id, await look(id)] as const)),
  );
}

/** A subnet that no table is associated with uses the main one of its VPC. */
async function routesOf(
  vpcId: string,
  subnetId: string,
  options: pulumi.InvokeOptions,
): Promise<LookedUp<RouteFacts>> {
  const associated = await lookedUp(aws.ec2.getRouteTable({ subnetId }, options), routeFacts);
  if ("facts" in associated) return associated;
  const filters = [{ name: "association.main", values: ["true"] }];
  return lookedUp(aws.ec2.getRouteTable({ vpcId, filters }, options), routeFacts);
}

/** The provider returns an empty string for each target that a route does not have. */
function routeFacts({ routes }: aws.ec2.GetRouteTableResult): RouteFacts {
  const route = routes.find(({ cidrBlock }) => cidrBlock === "0.0.0.0/0");
  const target =
    route &&
    [
      route.gatewayId,
      route.natGatewayId,
      route.transitGatewayId,
      route.networkInterfaceId,
      route.vpcEndpointId,
      route.vpcPeeringConnectionId,
      route.coreNetworkArn,
      route.localGatewayId,
      route.carrierGatewayId,
      route.instanceId,
    ].find((id) => id !== undefined && id !== "");
  return { defaultRoute: target };
}
