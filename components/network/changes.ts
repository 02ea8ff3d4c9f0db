/** What changes of a network's settings do to a deployed network. */
import { type Changes, inPlace, losesBelow, never, renews, replaces } from "../section/changes.ts";

const existing = never(
  {
    source: "a cell's network cannot be exchanged under its cluster and services",
    instead: "add another cell in that network, and move workloads to it",
  },
  "existing",
);

const addresses = "the public addresses that are removed, which others may have allowed";

export const networkChanges = {
  aws: {
    ...existing,
    ...replaces("the subnets of the zone, and what cannot leave them", "places"),
    ...inPlace("existing.endpointSecurityGroupId"),
    ...losesBelow("older flow logs", "flowLogs.retentionDays"),
    ...renews("dnsFirewall.managedLists.*"),
    // "per-zone" to "single" removes gateways.
    natGateways: { kind: "in-place", lowerLoses: addresses, order: ["none", "single", "per-zone"] },
    ...inPlace("interfaceEndpoints", "organization", "dnsFirewall", "egress", "blockPublicIngress"),
  },
  gcp: {
    ...existing,
    ...losesBelow(addresses, "nat.reservedAddresses"),
    ...inPlace("routing", "flowLogs", "nat.minPorts", "nat.maxPorts", "googleApis", "egress"),
  },
  onprem: inPlace("nodeCidr", "podCidr", "serviceCidr", "loadBalancerCidr", "egress"),
} as const satisfies Readonly<Record<string, Changes>>;
