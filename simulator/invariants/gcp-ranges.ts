/** Ranges of Google Cloud subnetworks. Rules: Google Cloud VPC documentation, "Valid ranges" and "Prohibited IPv4 subnet ranges". */
import { CloudError } from "../errors.ts";
import type { Resource } from "../store.ts";
import { type Bag, isBag } from "../wire.ts";
import type { Change } from "./invariant.ts";
import { overlaps, parseRange, type Range } from "./ranges.ts";

const smallest = 29;
const prohibited = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "199.36.153.4/30",
  "199.36.153.8/30",
  "224.0.0.0/4",
].map((text) => parseRange(text, "invalid"));

/** @throws CloudError when a range is invalid, too small, prohibited, or overlaps one of the same network. */
export function gcpSubnetwork({ store, inputs, references, previous }: Change): void {
  const own = rangesOf(inputs);
  for (const [index, range] of own.entries()) {
    if (range.prefix > smallest) {
      throw new CloudError(
        "invalid",
        `Invalid value '${range.text}': the smallest range of a subnetwork is a /${smallest}`,
      );
    }
    const bad = prohibited.find((each) => overlaps(each, range));
    if (bad !== undefined)
      throw new CloudError(
        "invalid",
        `Invalid IPCidrRange: ${range.text} overlaps the prohibited ${bad.text}`,
      );
    const twin = own.slice(0, index).find((each) => overlaps(each, range));
    if (twin !== undefined) throw conflict(range, twin, "the subnetwork itself");
  }
  const network = references.find(({ property }) => property === "network")?.target;
  if (network === undefined) return;
  for (const { resource } of store.referrers(network.key, "gcp:compute/subnetwork:Subnetwork")) {
    if (resource.key !== previous?.key) refuseOverlap(own, resource);
  }
}

function refuseOverlap(own: readonly Range[], subnetwork: Resource): void {
  for (const other of rangesOf(subnetwork.state)) {
    const range = own.find((each) => overlaps(each, other));
    if (range !== undefined) throw conflict(range, other, `subnetwork '${subnetwork.id}'`);
  }
}

function conflict(range: Range, other: Range, where: string): CloudError {
  return new CloudError(
    "invalid",
    `Invalid IPCidrRange: ${range.text} conflicts with existing range ${other.text} of ${where}`,
  );
}

/** The primary range and the secondary ones. */
function rangesOf({ ipCidrRange, secondaryIpRanges }: Bag): Range[] {
  const secondary = Array.isArray(secondaryIpRanges) ? secondaryIpRanges.filter(isBag) : [];
  return [ipCidrRange, ...secondary.map((range) => range.ipCidrRange)]
    .filter((text) => typeof text === "string" && text !== "")
    .map((text) => parseRange(String(text), "invalid"));
}
