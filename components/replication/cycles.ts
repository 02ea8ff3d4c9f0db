/** Cycles of replication: no stack could be deployed first, and no copy would be the original. */
import type { Problem } from "../core/errors.ts";
import type { Link } from "./plan.ts";

/** One problem for each cycle, reported for the first cell by name. */
export function cycles(links: readonly Link[]): Problem[] {
  const found = new Map<string, Problem>();
  const ordered = [...links].sort((one, other) => (one.from.name < other.from.name ? -1 : 1));
  for (const link of ordered) {
    if (link.to === link.from.name) continue;
    const back = shortestPath(link.to, link.from.name, links);
    if (back === undefined) continue;
    const cycle = [link, ...back];
    const key = cycle
      .map(({ from }) => from.name)
      .sort()
      .join(" ");
    if (!found.has(key)) found.set(key, problem(cycle));
  }
  return [...found.values()];
}

/** The shortest path of links from one cell to another. */
function shortestPath(start: string, end: string, links: readonly Link[]): Link[] | undefined {
  const seen = new Set([start]);
  let paths = links.filter(({ from }) => from.name === start).map((link) => [link]);
  while (paths.length > 0) {
    const next: Link[][] = [];
    for (const taken of paths) {
      const last = taken.at(-1);
      if (last === undefined || seen.has(last.to)) continue;
      if (last.to === end) return taken;
      seen.add(last.to);
      for (const link of links) if (link.from.name === last.to) next.push([...taken, link]);
    }
    paths = next;
  }
  return undefined;
}

function problem(cycle: readonly Link[]): Problem {
  const [first] = cycle as [Link, ...Link[]];
  const services = new Set(cycle.map(({ service }) => service));
  const steps = cycle.map(({ from, service, to }) => `${from.name} copies its ${service} to ${to}`);
  const cure =
    services.size === 1
      ? "one cell must be the original: remove one of the two"
      : "one stack must be deployed before the other: copy everything in one direction, or copy some services to a third cell";
  return {
    path: `${first.from.file}: ${first.path}.cell`,
    message: `must not lead back to "${first.from.name}" (${steps.join(", ")}): ${cure}`,
    got: first.to,
  };
}
