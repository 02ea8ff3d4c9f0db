/** How many nodes have addresses in the ranges of a network. Pure. */
import { addressesIn, type Cidr, prefixOf } from "../core/cidr.ts";

/** GKE assigns twice as many addresses as pods to a node. The cluster component uses 64 pods per node. */
const podPrefixOfANode = 25;

/**
 * Addresses of a subnetwork that are not for nodes: four that Google Cloud reserves, the endpoint of the control plane, endpoints of
 * data services, and internal load balancers.
 */
const notForNodes = 4 + 16;

/** Nodes with 64 pods each. Undefined ranges do not limit the number. */
export function gcpNodesIn({ nodes, pods }: { readonly nodes?: Cidr; readonly pods: Cidr }) {
  const byPods = Math.floor(2 ** (podPrefixOfANode - prefixOf(pods)));
  return nodes === undefined
    ? byPods
    : Math.min(byPods, Math.max(0, addressesIn(nodes) - notForNodes));
}

/**
 * Single addresses of a private subnet that are not for nodes. Sources: "Subnet CIDR blocks" of the VPC user guide; "View Amazon EKS
 * networking requirements for VPC and subnets"; "Availability Zones and load balancer nodes" of the Elastic Load Balancing user guides.
 * Attachments are those of the Transit Gateway and of an access endpoint, one address each; further access endpoints have room in the
 * addresses of the control plane, which uses few of the recommended 16.
 */
const single = { reserved: 5, controlPlane: 16, loadBalancers: 8, attachments: 2 } as const;

/**
 * Prefixes of 16 addresses that a node holds at least: one in use, and a free one by `WARM_PREFIX_TARGET` of the VPC CNI. Source: Amazon
 * EKS best practices guide, "Prefix Mode for Linux".
 */
const prefixesOfANode = 2;
const prefixSize = 28;

/** What else has addresses in a private subnet. */
export interface OthersInSubnet {
  /** Interface endpoints and workers of connectors, with one address each. */
  readonly addresses: number;
  /** Whole prefixes: the one that is reserved for resolver endpoints. @default 0 */
  readonly prefixes?: number;
}

/** Nodes of which each has an address and two prefixes. A prefix must be free as a whole, so single addresses count as whole prefixes. */
export function awsNodesIn(subnets: readonly Cidr[], others: OthersInSubnet): number {
  return subnets.reduce((sum, subnet) => sum + nodesInSubnet(subnet, others), 0);
}

function nodesInSubnet(subnet: Cidr, { addresses, prefixes: taken = 0 }: OthersInSubnet): number {
  const prefixes = 2 ** (prefixSize - prefixOf(subnet)) - taken;
  const others = Object.values(single).reduce((sum, count) => sum + count, addresses);
  const fits = (nodes: number) =>
    Math.ceil((others + nodes) / 16) + nodes * prefixesOfANode <= prefixes;
  let nodes = 0;
  while (fits(nodes + 1)) nodes += 1;
  return nodes;
}

/** Pods of a node on-premises have at least a block of 64 addresses, the default of Calico. */
const podsOfASiteNode = 64;

export const siteNodesIn = {
  node: (range: Cidr) => Math.max(0, addressesIn(range) - 2),
  pod: (range: Cidr) => Math.floor(addressesIn(range) / podsOfASiteNode),
} as const;

/** Pods of a GKE node: half of the addresses of its block. */
export const podsOfAGkeNode = 2 ** (32 - podPrefixOfANode) / 2;

/**
 * Addresses of a private subnet that neither nodes nor pods have.
 *
 * @param endpoints interface endpoints, with one address in each subnet
 */
export function notForPods(endpoints: number): number {
  return Object.values(single).reduce((sum, count) => sum + count, endpoints);
}
