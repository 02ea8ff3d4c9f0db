/** Finds routes and rules that the matrix does not require, even when they allow no traffic by themselves. Pure. */
import type { Problem } from "../core/errors.ts";
import type { Link } from "./links.ts";
import { partners } from "./matrix.ts";
import type { ConnectivityPlan } from "./model.ts";
import type { TransitTable } from "./routes.ts";

export function excessRules(plan: ConnectivityPlan): Problem[] {
  const connected = partners(plan.matrix);
  const owners = new Map(plan.cells.map(({ name, cidr }) => [cidr, name]));
  const members = new Map(plan.hubs.map(({ key, cells }) => [key, cells]));
  const problems: Problem[] = [];

  for (const [cell, blocks] of Object.entries(plan.routes.networks)) {
    for (const block of blocks)
      check(areConnected(cell, ownerOf(block)), `routes of ${cell}`, block);
  }
  for (const [cell, blocks] of Object.entries(plan.routes.exports)) {
    for (const block of blocks) check(ownerOf(block) === cell, `exports of ${cell}`, block);
  }
  for (const [key, { byHub, byPeer }] of Object.entries(plan.routes.announced)) {
    const [near, far] = endsOf(key);
    for (const block of byHub)
      check(crosses(block, near, far), `announced by the hub of ${key}`, block);
    for (const block of byPeer)
      check(crosses(block, far, near), `announced to the hub of ${key}`, block);
  }
  for (const table of plan.routes.tables) checkTable(table);
  for (const { cell, peer, cidr, direction } of plan.rules) {
    check(
      areConnected(cell, peer) && ownerOf(cidr) === peer,
      `${direction} rules of ${cell}`,
      cidr,
    );
  }
  return problems;

  function checkTable({ hub, of, cells, links, statics }: TransitTable): void {
    const what = `route table of ${"cell" in of ? of.cell : of.link} at ${hub}`;
    const [mine, otherSide] = "cell" in of ? [[of.cell], undefined] : endsAt(of.link, hub);
    const here = members.get(hub) ?? [];
    for (const cell of cells) {
      const asked = (otherSide ?? mine).some((other) => areConnected(cell, other));
      check(here.includes(cell) && asked, what, cell);
    }
    for (const link of links) {
      const far = endsAt(link, hub)[1];
      const asked = far.some((other) => mine.some((cell) => areConnected(cell, other)));
      check(otherSide === undefined && asked, what, link);
    }
    for (const { cidr, link } of statics) {
      const owner = ownerOf(cidr);
      const asked = mine.some((cell) => areConnected(cell, owner));
      check(otherSide === undefined && asked && endsAt(link, hub)[1].includes(owner), what, cidr);
    }
  }

  function check(asked: boolean, path: string, got: string): void {
    if (!asked)
      problems.push({ path, message: "contain an entry that the matrix does not require", got });
  }

  function ownerOf(block: string): string {
    return owners.get(block) ?? "";
  }

  function areConnected(one: string, other: string): boolean {
    return connected.get(one)?.has(other) ?? false;
  }

  /** Whether a block belongs to one of the near cells and one of the far cells exchanges traffic with it. */
  function crosses(block: string, near: readonly string[], far: readonly string[]): boolean {
    const owner = ownerOf(block);
    return near.includes(owner) && far.some((other) => areConnected(owner, other));
  }

  /** The cells behind the two ends of a link: the hub's, the peer's. */
  function endsOf(key: string): [readonly string[], readonly string[]] {
    const link: Link | undefined = plan.links.find((candidate) => candidate.key === key);
    if (link === undefined) return [[], []];
    const { hub, peer } = link;
    return [members.get(hub) ?? [], "site" in peer ? [peer.site] : (members.get(peer.hub) ?? [])];
  }

  /** The same as seen from a hub: its own cells first. */
  function endsAt(key: string, hub: string): [readonly string[], readonly string[]] {
    const [near, far] = endsOf(key);
    return plan.links.some((link) => link.key === key && link.hub === hub)
      ? [near, far]
      : [far, near];
  }
}
