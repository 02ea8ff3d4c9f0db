/** Routes of a VPC. */
import { CloudError } from "../errors.ts";
import type { Bag } from "../wire.ts";
import type { Change } from "./invariant.ts";
import { parseRange } from "./ranges.ts";
import { rangesOf } from "./subnets.ts";

/** A route's destination, which is unique in its table. */
export function destinationOf(inputs: Bag): string {
  const { destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId } = inputs;
  return String(destinationCidrBlock ?? destinationIpv6CidrBlock ?? destinationPrefixListId ?? "");
}

/** @throws CloudError when the destination is not a network address, or is in the VPC's range, which already has a route. */
export function route({ store, place, inputs, references }: Change): void {
  const destination = inputs.destinationCidrBlock;
  if (typeof destination !== "string") return;
  parseRange(destination, "InvalidParameterValue");
  const table = references.find(({ property }) => property === "routeTableId")?.target;
  const parent = store.find(place.key, "aws:ec2/vpc:Vpc", String(table?.state.vpcId));
  if (parent !== undefined && rangesOf(parent, store).some(({ text }) => text === destination)) {
    throw new CloudError(
      "RouteAlreadyExists",
      `The route identified by ${destination} already exists`,
    );
  }
}
