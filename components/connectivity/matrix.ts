/** The reachability matrix: who may open connections to whom, on which ports. Pure. */
import type { ConnectivitySettings, PortRange } from "./schema.ts";
import { portRange } from "./schema.ts";

export type Protocol = "tcp" | "udp";

/** One line of the matrix as another component asks for it: a DNS planner, for example. */
export type Reach = ConnectivitySettings["reachability"][number];

/** What may pass from one cell to another by one protocol; there is one of each kind. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  /** In order, apart from each other. */
  readonly ports: readonly PortRange[];
  readonly why: string;
}

/** A cell as connectivity sees it; the manifests of cells fit. */
export type ConnectedCell = {
  readonly name: string;
  readonly cidr: string;
} & (
  | { readonly cloud: "aws"; readonly account: string; readonly region: string }
  | {
      readonly cloud: "gcp";
      readonly project: string;
      readonly region: string;
      /** Nothing that attaches, but something in the hub's own network: Google's resolvers. */
      readonly inHub?: true;
    }
  | { readonly cloud: "onprem" }
);

/** Something in the network of Google's hub that is reached, or reaches others, as a cell does. */
export interface HubPlace {
  readonly name: string;
  readonly cidr: string;
  readonly project: string;
}

/** What other components need of the matrix: lines of it, and places that those name beside cells. */
export interface Needs {
  readonly lines: readonly Reach[];
  readonly places: readonly HubPlace[];
}

export const noNeeds: Needs = { lines: [], places: [] };

/** Cells with the places beside them. */
export function withPlaces(
  cells: readonly ConnectedCell[],
  places: readonly HubPlace[],
): ConnectedCell[] {
  return [
    ...cells,
    ...places.map((place) => ({ ...place, cloud: "gcp", region: "global", inHub: true }) as const),
  ];
}

/** The lines of a matrix added up: ranges that touch become one. */
export function passages(lines: readonly Reach[]): Passage[] {
  const found = new Map<string, Passage>();
  for (const { from, to, ports: openings, why } of lines) {
    for (const { protocol, ports } of openings) {
      const key = JSON.stringify([from, to, protocol]);
      const known = found.get(key);
      const reasons = [known?.why, why].filter((text) => text !== undefined);
      found.set(key, {
        from,
        to,
        protocol,
        ports: joined([...(known?.ports ?? []), ...ports.map(portRange)]),
        why: [...new Set(reasons)].join("; ") || `${from} may reach ${to}`,
      });
    }
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, passage]) => passage);
}

/** Ranges in order, those that overlap or touch made one. */
export function joined(ranges: readonly PortRange[]): PortRange[] {
  const done: PortRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const open = done.at(-1);
    if (open === undefined || range.first > open.last + 1) done.push(range);
    else done.splice(-1, 1, { first: open.first, last: Math.max(open.last, range.last) });
  }
  return done;
}

/** The ports that are in both lists. */
export function common(one: readonly PortRange[], other: readonly PortRange[]): PortRange[] {
  return joined(
    one.flatMap((a) =>
      other.flatMap((b) => {
        const range = { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) };
        return range.first <= range.last ? [range] : [];
      }),
    ),
  );
}

/** `443` or `9092-9098`, as Google's firewalls and people write it. */
export function portsText({ first, last }: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}

/** Which cells have to do with each other, whoever opens the connection: answers need a way back. */
export function partners(matrix: readonly Passage[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (one: string, other: string) => {
    const known = found.get(one) ?? new Set();
    found.set(one, known.add(other));
  };
  for (const { from, to } of matrix) {
    add(from, to);
    add(to, from);
  }
  return found;
}
