/** Follows packets through the planned routes. Pure; independent of the matrix. */
import { contains, prefixOf } from "../core/cidr.ts";
import { hubKeyOf } from "./hubs.ts";
import type { Link } from "./links.ts";
import type { ConnectedCell } from "./matrix.ts";
import type { ConnectivityPlan } from "./model.ts";
import type { TransitTable } from "./routes.ts";

export type Routed = Pick<ConnectivityPlan, "cells" | "hubs" | "links" | "routes">;

/** A packet at a hub, and the cell or link that it came from. */
interface Arrival {
  readonly hub: string;
  readonly by: TransitTable["of"];
}

/**
 * Whether a packet from one cell reaches another's block. Follows all of several equal routes, so that no reachable cell is
 * missed.
 */
export function arrives(plan: Routed, from: ConnectedCell, to: ConnectedCell): boolean {
  const seen = new Set<string>();
  const open = departures(plan, from, to.cidr);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const place = JSON.stringify(at);
    if (seen.has(place)) continue;
    seen.add(place);
    for (const next of onwards(plan, at, to.cidr)) {
      if ("cell" in next) {
        if (next.cell === to.name) return true;
      } else open.push(next);
    }
  }
  return false;
}

/** The hubs that packets from a cell to this block arrive at. */
function departures(plan: Routed, from: ConnectedCell, block: string): Arrival[] {
  const by = { cell: from.name };
  switch (from.cloud) {
    case "aws": {
      const sent = covers(plan.routes.networks[from.name] ?? [], block);
      return sent ? [{ hub: hubKeyOf(from) ?? "", by }] : [];
    }
    case "gcp":
      return from.name in plan.routes.exports ? [{ hub: hubKeyOf(from) ?? "", by }] : [];
    case "onprem":
      return plan.links
        .filter(({ key, peer }) => {
          const announced = plan.routes.announced[key]?.byHub ?? [];
          return "site" in peer && peer.site === from.name && covers(announced, block);
        })
        .map(({ key, hub }) => ({ hub, by: { link: key } }));
  }
}

type Onwards = Arrival | { readonly cell: string };

/** Where a hub sends a packet for this block. */
function onwards(plan: Routed, at: Arrival, block: string): Onwards[] {
  const hub = plan.hubs.find(({ key }) => key === at.hub);
  switch (hub?.cloud) {
    case "aws":
      return byTable(plan, at, block);
    case "gcp":
      return byGoogle(plan, at, block);
    default:
      return [];
  }
}

/** The most specific route has priority; among equal ones, a static route has. */
function byTable(plan: Routed, at: Arrival, block: string): Onwards[] {
  const table = plan.routes.tables.find(
    ({ hub, of }) => hub === at.hub && JSON.stringify(of) === JSON.stringify(at.by),
  );
  if (table === undefined) return [];
  const blockOf = (name: string) => plan.cells.find((cell) => cell.name === name)?.cidr ?? "";
  const learned = [
    ...table.cells.map((cell) => ({ cidr: blockOf(cell), rank: 0, to: [{ cell }] })),
    ...table.links.flatMap((link) =>
      (plan.routes.announced[link]?.byPeer ?? []).map((cidr) => ({
        cidr,
        rank: 0,
        to: across(plan, at.hub, link),
      })),
    ),
    ...table.statics.map(({ cidr, link }) => ({ cidr, rank: 1, to: across(plan, at.hub, link) })),
    ...table.blackholes.map((cidr) => ({ cidr, rank: 1, to: [] as Onwards[] })),
  ].filter(({ cidr }) => cidr !== "" && contains(cidr, block));
  const order = (route: { cidr: string; rank: number }) => prefixOf(route.cidr) * 2 + route.rank;
  const best = Math.max(...learned.map(order));
  return learned.filter((route) => order(route) === best).flatMap(({ to }) => to);
}

/** All cells of the hub have routes to each other and to the blocks that links announce; links are not transitive. */
function byGoogle(plan: Routed, { hub, by }: Arrival, block: string): Onwards[] {
  const cells = Object.entries(plan.routes.exports)
    .filter(([, blocks]) => covers(blocks, block))
    .map(([cell]) => ({ cell }));
  if ("link" in by) return cells;
  const links = plan.links.filter((link) => {
    const announced = plan.routes.announced[link.key];
    if (announced === undefined) return false;
    if (link.hub === hub) return covers(announced.byPeer, block);
    return "hub" in link.peer && link.peer.hub === hub && covers(announced.byHub, block);
  });
  return [...cells, ...links.flatMap(({ key }) => across(plan, hub, key))];
}

/** The other end of a link. */
function across(plan: Routed, hub: string, key: string): Onwards[] {
  const link: Link | undefined = plan.links.find((candidate) => candidate.key === key);
  if (link === undefined) return [];
  if (link.hub !== hub) return [{ hub: link.hub, by: { link: key } }];
  const { peer } = link;
  return "site" in peer ? [{ cell: peer.site }] : [{ hub: peer.hub, by: { link: key } }];
}

export function covers(blocks: readonly string[], block: string): boolean {
  return blocks.some((outer) => contains(outer, block));
}
