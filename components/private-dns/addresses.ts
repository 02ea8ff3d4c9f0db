/** Addresses of resolvers, each a pure function of a block: whoever forwards knows them before anything is deployed. */
import { addressAt, addressesIn, type Cidr } from "../core/cidr.ts";

/** The resolver endpoints' place in one zone of an AWS cell. */
export interface ZoneResolvers {
  readonly zone: string;
  /** The end of the private subnet, kept from nodes and pods. */
  readonly reserved: Cidr;
  readonly inbound: string;
  readonly outbound: string;
}

/** AWS hands out addresses to pods in blocks of 16: so many are reserved, that none lies over an endpoint's. */
const reservedPrefix = 28;

/** The last address of a subnet is AWS's. */
const places = { inbound: 4, outbound: 5 } as const;

/** Where the resolver endpoints stand in a private subnet. */
export function zoneResolvers(zone: string, subnet: Cidr): ZoneResolvers {
  const reserved = endOf(subnet, reservedPrefix);
  return {
    zone,
    reserved,
    inbound: addressAt(reserved, places.inbound),
    outbound: addressAt(reserved, places.outbound),
  };
}

/** The addresses of a block that Google's resolver is left with, and those that are kept from it. */
export interface HubAddresses {
  readonly block: Cidr;
  readonly kept: readonly string[];
  readonly entry: string;
}

/** Google keeps the first two and the last two addresses of a subnetwork: of eight, four are left. */
export const hubPrefix = 29;

/**
 * Google chooses the address of an inbound forwarder among the free ones of a subnetwork, and nobody can name it. In a
 * subnetwork of four, of which three are taken, it has no choice.
 */
export function hubAddresses(block: Cidr): HubAddresses {
  return {
    block,
    kept: [2, 3, 4].map((place) => addressAt(block, place)),
    entry: addressAt(block, 5),
  };
}

/** The block of the hub's resolvers unless the manifest says one. */
export function defaultHubBlock(supernet: Cidr): Cidr {
  return endOf(supernet, hubPrefix);
}

function endOf(cidr: Cidr, prefix: number): Cidr {
  const size = Math.min(2 ** (32 - prefix), addressesIn(cidr));
  return `${addressAt(cidr, -size)}/${prefix}`;
}
