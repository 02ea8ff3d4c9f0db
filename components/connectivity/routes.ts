/** Routes from the matrix: of networks, of Transit Gateways, and announced over tunnels. Pure. */
import type { AwsHub, Hub } from "./hubs.ts";
import { type Link, possibleLinks, type VpnLink } from "./links.ts";
import { type ConnectedCell, type Passage, partners } from "./matrix.ts";

/**
 * A route table of a Transit Gateway. Traffic from a cell uses the cell's table, traffic from a link the link's: each table has
 * only the routes that its own side may use.
 */
export interface TransitTable {
  readonly hub: string;
  readonly of: { readonly cell: string } | { readonly link: string };
  /** Cells of this hub whose routes are propagated to it. */
  readonly cells: readonly string[];
  /** VPN links whose routes are propagated to it. */
  readonly links: readonly string[];
  /** Static routes to blocks behind a peering. */
  readonly statics: readonly { readonly cidr: string; readonly link: string }[];
  /** Blocks that a link announces but this cell may not reach. */
  readonly blackholes: readonly string[];
}

/** The blocks that the two ends of a VPN link announce to each other by BGP. */
export interface Announced {
  readonly byHub: readonly string[];
  readonly byPeer: readonly string[];
}

export interface Routes {
  /** By AWS cell: the blocks that its route tables send to the Transit Gateway. */
  readonly networks: Readonly<Record<string, readonly string[]>>;
  readonly tables: readonly TransitTable[];
  /** By VPN link: the announced blocks. */
  readonly announced: Readonly<Record<string, Announced>>;
  /** By Google cell: the blocks that it exports to the hub, and so to all other Google cells. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
}

export function planRoutes(
  cells: readonly ConnectedCell[],
  matrix: readonly Passage[],
  hubs: readonly Hub[],
  links: readonly Link[],
): Routes {
  const blocks = new Map(cells.map(({ name, cidr }) => [name, cidr]));
  const members = new Map(hubs.map((hub) => [hub.key, hub.cells]));
  const connected = partners(matrix);
  const sites = cells.flatMap(({ cloud, name }) => (cloud === "onprem" ? name : [])).sort();
  const awsHubs = hubs.filter((hub) => hub.cloud === "aws");

  return {
    networks: Object.fromEntries(
      awsHubs.flatMap((hub) =>
        hub.cells
          .filter((cell) => connected.has(cell))
          .map((cell) => [cell, blocksOf(partnersOf(cell))]),
      ),
    ),
    tables: awsHubs.flatMap((hub) => [
      ...hub.cells.map((cell) => cellTable(hub, cell)),
      ...possibleLinks(hub, hubs, sites).map((key) => linkTable(hub, key)),
    ]),
    announced: Object.fromEntries(
      links
        .filter((link) => link.kind === "vpn")
        .map((link) => [
          link.key,
          {
            byHub: blocksOf(concerned(behindHub(link), behindPeer(link))),
            byPeer: blocksOf(concerned(behindPeer(link), behindHub(link))),
          },
        ]),
    ),
    exports: Object.fromEntries(
      hubs
        .filter((hub) => hub.cloud === "gcp")
        .flatMap((hub) => hub.cells.filter((cell) => connected.has(cell)))
        .map((cell) => [cell, blocksOf([cell])]),
    ),
  };

  function cellTable(hub: AwsHub, cell: string): TransitTable {
    const others = partnersOf(cell);
    const tunnels = links
      .filter((link): link is VpnLink => link.kind === "vpn" && link.hub === hub.key)
      .filter((link) => behindPeer(link).some((far) => others.includes(far)));
    const unwanted = tunnels.flatMap((link) =>
      concerned(behindPeer(link), behindHub(link)).filter((far) => !others.includes(far)),
    );
    const statics = links.flatMap((link) => {
      if (link.kind !== "peering" || !touches(link, hub)) return [];
      const far = farOf(link, hub).filter((name) => others.includes(name));
      return blocksOf(far).map((cidr) => ({ cidr, link: link.key }));
    });
    return {
      hub: hub.key,
      of: { cell },
      cells: hub.cells.filter((other) => others.includes(other)),
      links: tunnels.map(({ key }) => key),
      statics,
      blackholes: blocksOf(unwanted),
    };
  }

  /**
   * Also for possible links that the matrix does not require: cells are deployed after the environment, and reference these
   * tables.
   */
  function linkTable(hub: AwsHub, key: string): TransitTable {
    const link = links.find((candidate) => candidate.key === key);
    const near = link ? concerned(hub.cells, farOf(link, hub)) : [];
    const nothing = { links: [], statics: [], blackholes: [] };
    return { hub: hub.key, of: { link: key }, cells: near, ...nothing };
  }

  function partnersOf(cell: string): string[] {
    return [...(connected.get(cell) ?? [])].sort();
  }

  function blocksOf(names: readonly string[]): string[] {
    return [...new Set(names)].sort().flatMap((name) => blocks.get(name) ?? []);
  }

  function behindHub({ hub }: Link): readonly string[] {
    return members.get(hub) ?? [];
  }

  function behindPeer({ peer }: Link): readonly string[] {
    return "site" in peer ? [peer.site] : (members.get(peer.hub) ?? []);
  }

  /** The cells at the other end of a link, as seen from a hub. */
  function farOf(link: Link, hub: Hub): readonly string[] {
    return link.hub === hub.key ? behindPeer(link) : behindHub(link);
  }

  function touches({ hub: asks, peer }: Link, hub: Hub): boolean {
    return asks === hub.key || ("hub" in peer && peer.hub === hub.key);
  }

  /** The near cells that exchange traffic with one of the far cells. */
  function concerned(near: readonly string[], far: readonly string[]): string[] {
    return near.filter((name) => partnersOf(name).some((other) => far.includes(other)));
  }
}
