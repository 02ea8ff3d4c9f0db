/** Ranges of VPCs and their subnets. Their sizes are checked earlier, with the inputs. */
import { CloudError } from "../errors.ts";
import type { Resource, Store } from "../store.ts";
import type { Change } from "./invariant.ts";
import { contains, overlaps, parseRange, type Range } from "./ranges.ts";

const association = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";

/** @throws CloudError when a secondary range is invalid or overlaps a range of the VPC. */
export function vpcRange({ store, inputs, references, previous }: Change): void {
  if (typeof inputs.cidrBlock !== "string" || previous !== undefined) return;
  const range = parseRange(inputs.cidrBlock, "InvalidVpc.Range");
  const parent = references.find(({ property }) => property === "vpcId")?.target;
  if (parent === undefined) return;
  const other = rangesOf(parent, store).find((each) => overlaps(each, range));
  if (other !== undefined) {
    throw new CloudError(
      "InvalidVpc.Conflict",
      `The CIDR '${range.text}' conflicts with ${other.text} of VPC ${parent.id}`,
    );
  }
}

/** @throws CloudError when the subnet is outside its VPC, overlaps another subnet, or is in a zone of another region. */
export function subnet({ store, inputs, references, previous, place }: Change): void {
  const zone = inputs.availabilityZone;
  if (typeof zone === "string" && zone.replace(/[a-z]$/, "") !== place.region) {
    throw new CloudError(
      "InvalidParameterValue",
      `Value (${zone}) for parameter availabilityZone is invalid. Subnets can be created in zones of ${place.region} only`,
    );
  }
  const parent = references.find(({ property }) => property === "vpcId")?.target;
  if (parent === undefined || typeof inputs.cidrBlock !== "string") return;
  const range = parseRange(inputs.cidrBlock, "InvalidSubnet.Range");
  if (!rangesOf(parent, store).some((outer) => contains(outer, range))) {
    throw new CloudError(
      "InvalidSubnet.Range",
      `The CIDR '${range.text}' is invalid: it is not within VPC ${parent.id}`,
    );
  }
  for (const { resource } of store.referrers(parent.key, "aws:ec2/subnet:Subnet")) {
    const { cidrBlock } = resource.state;
    if (resource.key === previous?.key || typeof cidrBlock !== "string") continue;
    if (overlaps(range, parseRange(cidrBlock, "InvalidSubnet.Range"))) {
      throw new CloudError(
        "InvalidSubnet.Conflict",
        `The CIDR '${range.text}' conflicts with another subnet (${resource.id}, ${cidrBlock})`,
      );
    }
  }
}

/** All IPv4 ranges of a VPC: the primary one and associated ones. */
export function rangesOf(parent: Resource, store: Store): Range[] {
  const associated = store
    .referrers(parent.key, association)
    .map(({ resource }) => resource.state.cidrBlock);
  return [parent.state.cidrBlock, ...associated]
    .filter((text) => typeof text === "string")
    .map((text) => parseRange(text, "InvalidVpc.Range"));
}
