/** What is deployed of a network on AWS, from the resources of its stack. Pure. */
import type { Cidr } from "../core/cidr.ts";
import { type Deployed, deployedOf, stringOf } from "../section/deployed.ts";
import type { Places } from "./places.ts";
import { placeOf } from "./plan.ts";

const types = {
  subnet: "aws:ec2/subnet:Subnet",
  gateway: "aws:ec2/natGateway:NatGateway",
} as const;

export interface DeployedNetwork {
  /** The places of the zones that have subnets. */
  readonly places: Places;
  /** The zones that have a NAT gateway. */
  readonly gateways: readonly string[];
  /** The zone of each subnet, by its id. */
  readonly zoneOfSubnet: ReadonlyMap<string, string>;
}

/**
 * @param cidr the cell's block. Subnets of another block have no place: they are replaced together with the VPC.
 * @param component the name of the network's component
 */
export function deployedNetwork(
  deployed: Deployed,
  cidr: Cidr,
  component = "network",
): DeployedNetwork {
  const subnets = deployedOf(deployed, types.subnet, component).flatMap((subnet) => {
    // Its ARN ends in its id.
    const id = stringOf(subnet, "arn")?.split("/").at(-1);
    const [zone, block] = ["availabilityZone", "cidrBlock"].map((key) => stringOf(subnet, key));
    const place = block === undefined ? undefined : placeOf(cidr, block);
    return id && zone && place !== undefined ? [{ id, zone, place }] : [];
  });
  const gateway = `${component}-routes-nat-`;
  return {
    places: Object.fromEntries(subnets.map(({ zone, place }) => [zone, place])),
    gateways: deployedOf(deployed, types.gateway, `${component}-routes`).map(({ name }) =>
      name.slice(gateway.length),
    ),
    zoneOfSubnet: new Map(subnets.map(({ id, zone }) => [id, zone])),
  };
}
