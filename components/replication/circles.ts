/** Cells that copy in a circle: none of their stacks could be the first, and nobody could say which copy is the right one. */
import type { Problem } from "../core/errors.ts";
import type { Link } from "./plan.ts";

/** One problem for each circle, told of the cell in it that comes first by name. */
export function circles(links: readonly Link[]): Problem[] {
  const found = new Map<string, Problem>();
  const ordered = [...links].sort((one, other) => (one.from.name < other.from.name ? -1 : 1));
  for (const link of ordered) {
    if (link.to === link.from.name) continue;
    const back = way(link.to, link.from.name, links);
    if (back === undefined) continue;
    const circle = [link, ...back];
    const key = circle
      .map(({ from }) => from.name)
      .sort()
      .join(" ");
    if (!found.has(key)) found.set(key, problem(circle));
  }
  return [...found.values()];
}

/** The shortest way of links from one cell to another. */
function way(start: string, end: string, links: readonly Link[]): Link[] | undefined {
  const seen = new Set([start]);
  let ways = links.filter(({ from }) => from.name === start).map((link) => [link]);
  while (ways.length > 0) {
    const next: Link[][] = [];
    for (const taken of ways) {
      const last = taken.at(-1);
      if (last === undefined || seen.has(last.to)) continue;
      if (last.to === end) return taken;
      seen.add(last.to);
      for (const link of links) if (link.from.name === last.to) next.push([...taken, link]);
    }
    ways = next;
  }
  return undefined;
}

function problem(circle: readonly Link[]): Problem {
  const [first] = circle as [Link, ...Link[]];
  const services = new Set(circle.map(({ service }) => service));
  const steps = circle.map(
    ({ from, service, to }) => `${from.name} copies its ${service} to ${to}`,
  );
  const cure =
    services.size === 1
      ? "one of them has to be the original: take one of the two away"
      : "one stack has to be up before the other: copy all in one direction, or some of it to a third cell";
  return {
    path: `${first.from.file}: ${first.path}.cell`,
    message: `must not lead back to "${first.from.name}" (${steps.join(", ")}): ${cure}`,
    got: first.to,
  };
}
