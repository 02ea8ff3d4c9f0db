/** Resolver addresses. Each is a pure function of a CIDR block, so they are known before anything is deployed. */
import { addressAt, addressesIn, type Cidr } from "../core/cidr.ts";

/** The addresses of the resolver endpoints in one zone of an AWS cell. */
export interface ZoneResolvers {
  readonly zone: string;
  /** The end of the private subnet, reserved so that nodes and pods do not use it. */
  readonly reserved: Cidr;
  readonly inbound: string;
  readonly outbound: string;
}

/** AWS assigns pod addresses in blocks of 16, so a whole block is reserved. */
const reservedPrefix = 28;

/** AWS reserves the last address of a subnet. */
const places = { inbound: 4, outbound: 5 } as const;

/** The addresses of the resolver endpoints in a private subnet. */
export function zoneResolvers(zone: string, subnet: Cidr): ZoneResolvers {
  const reserved = endOf(subnet, reservedPrefix);
  return {
    zone,
    reserved,
    inbound: addressAt(reserved, places.inbound),
    outbound: addressAt(reserved, places.outbound),
  };
}

/** The addresses of a block that Cloud DNS can use, and those that are reserved. */
export interface HubAddresses {
  readonly block: Cidr;
  readonly kept: readonly string[];
  readonly entry: string;
}

/** Google Cloud reserves the first two and the last two addresses of a subnetwork: of eight, four are left. */
export const hubPrefix = 29;

/**
 * Google Cloud chooses the address of an inbound forwarder among the free ones of a subnetwork; it is not configurable. With three
 * of four addresses reserved, only one is possible.
 */
export function hubAddresses(block: Cidr): HubAddresses {
  return {
    block,
    kept: [2, 3, 4].map((place) => addressAt(block, place)),
    entry: addressAt(block, 5),
  };
}

/** The default block of the hub's resolvers. */
export function defaultHubBlock(supernet: Cidr): Cidr {
  return endOf(supernet, hubPrefix);
}

function endOf(cidr: Cidr, prefix: number): Cidr {
  const size = Math.min(2 ** (32 - prefix), addressesIn(cidr));
  return `${addressAt(cidr, -size)}/${prefix}`;
}
