/** Links between hubs, and between hubs and sites: VPN tunnels or peerings. Pure. */
import { addressAt, overlaps, prefixOf, split } from "../core/cidr.ts";
import { areTogether, type Hub, hubKeyOf, numberOf, sharedOf } from "./hubs.ts";
import { type ConnectedCell, type Passage, partners } from "./matrix.ts";
import { type ConnectivitySettings, linkPrefix } from "./schema.ts";

/** One IPsec tunnel with a BGP session. */
export interface Tunnel {
  /** Counted from 1. */
  readonly number: number;
  /** A /30: the network address, the hub's end, the peer's end, the broadcast address. AWS always uses the first host address. */
  readonly inside: string;
  readonly hubAddress: string;
  readonly peerAddress: string;
}

interface AnyLink {
  /** Its name in manifests, outputs and resource names. */
  readonly key: string;
  /** The hub that owns it. */
  readonly hub: string;
}

/** Tunnels from a hub to another cloud's hub or to a site. For a link between clouds, `hub` is AWS's. */
export interface VpnLink extends AnyLink {
  readonly kind: "vpn";
  readonly peer: { readonly hub: string } | { readonly site: string };
  /** A /28 of its own. */
  readonly block: string;
  readonly tunnels: readonly Tunnel[];
}

/** Two peered Transit Gateways. The first requests, the second accepts. */
export interface PeeringLink extends AnyLink {
  readonly kind: "peering";
  readonly peer: { readonly hub: string };
}

export type Link = VpnLink | PeeringLink;

/**
 * Reserved link-local blocks: the first /30 of 169.254.0.0 to 169.254.5.0, and the /30 of AWS's metadata and name services, see
 * the tunnel options of Site-to-Site VPN. The whole /24 of the latter is reserved here, because it also contains the metadata
 * servers of Google and Kubernetes.
 */
export const reservedBlocks: readonly string[] = [
  ...[0, 1, 2, 3, 4, 5].map((third) => `169.254.${third}.0/30`),
  "169.254.169.0/24",
];

/** The number of tunnels of a link: four between clouds, two to each router of a site from AWS, two from Google. */
function tunnelCount(hub: Hub, routers: number | undefined): number {
  if (routers === undefined) return 4;
  return hub.cloud === "aws" ? routers * 2 : 2;
}

/** The name of a link: hubs ordered by name, so AWS before Google, and sites last. */
export function linkKey(hub: Hub, peer: Hub | { readonly site: string }): string {
  const ends = "site" in peer ? [hub.key, peer.site] : [hub.key, peer.key].sort();
  return ends.join("-to-");
}

/** The names of all possible links of a hub, in order; none of one that another account owns. */
export function possibleLinks(hub: Hub, hubs: readonly Hub[], sites: readonly string[]): string[] {
  if (sharedOf(hub)) return [];
  const peers = hubs.filter((peer) => !areTogether(hub, peer) && !sharedOf(peer));
  return [
    ...peers.map((peer) => linkKey(hub, peer)),
    ...sites.map((site) => linkKey(hub, { site })),
  ].sort();
}

/** The links that the matrix requires, ordered by name. */
export function planLinks(
  settings: ConnectivitySettings,
  cells: readonly ConnectedCell[],
  matrix: readonly Passage[],
  hubs: readonly Hub[],
): Link[] {
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  const byKey = new Map(hubs.map((hub) => [hub.key, hub]));
  const links = new Map<string, Link>();
  for (const [name, others] of partners(matrix)) {
    for (const other of others) {
      const link = linkBetween(byName.get(name), byName.get(other));
      if (link) links.set(link.key, link);
    }
  }
  return [...links.values()].sort((a, b) => (a.key < b.key ? -1 : 1));

  function linkBetween(one?: ConnectedCell, other?: ConnectedCell): Link | undefined {
    const hub = one && byKey.get(hubKeyOf(one) ?? "");
    if (hub === undefined || other === undefined) return undefined;
    if (other.cloud === "onprem") {
      const routers = settings.gateways[other.name]?.addresses.length ?? 0;
      return vpn(hub, linkKey(hub, { site: other.name }), { site: other.name }, routers);
    }
    const peer = byKey.get(hubKeyOf(other) ?? "");
    if (peer === undefined || hub.cloud !== "aws" || areTogether(hub, peer)) return undefined;
    const key = linkKey(hub, peer);
    if (peer.cloud === "gcp") return vpn(hub, key, { hub: peer.key });
    // Both hubs find each other; the one whose name comes first requests.
    return hub.key < peer.key
      ? { kind: "peering", key, hub: hub.key, peer: { hub: peer.key } }
      : undefined;
  }

  function vpn(hub: Hub, key: string, peer: VpnLink["peer"], routers?: number): VpnLink {
    const block = settings.tunnels[key] ?? blockByName(key, settings.linkRange);
    const tunnels = split(block, 30)
      .slice(0, tunnelCount(hub, routers))
      .map((inside, place) => ({
        number: place + 1,
        inside,
        hubAddress: addressAt(inside, 1),
        peerAddress: addressAt(inside, 2),
      }));
    return { kind: "vpn", key, hub: hub.key, peer, block, tunnels };
  }
}

/**
 * Derived from the name only, so that a new link does not change others, which would recreate their tunnels. When a name leads
 * to a reserved block, it is tried again with a number appended.
 */
function blockByName(key: string, range: string): string {
  const slots = 2 ** (linkPrefix - prefixOf(range));
  const block = (name: string) =>
    `${addressAt(range, numberOf(name, slots) * 2 ** (32 - linkPrefix))}/${linkPrefix}`;
  const candidates = Array.from({ length: 64 }, (_, count) =>
    count === 0 ? key : `${key}#${count}`,
  );
  return block(candidates.find((name) => !isReserved(block(name))) ?? key);
}

/** Available blocks for links. */
export function freeLinkBlocks(range: string): string[] {
  return split(range, linkPrefix).filter((block) => !isReserved(block));
}

export function isReserved(block: string): boolean {
  return reservedBlocks.some((kept) => overlaps(kept, block));
}

export function isVpn(link: Link): link is VpnLink {
  return link.kind === "vpn";
}
