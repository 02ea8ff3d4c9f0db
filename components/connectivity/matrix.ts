/** The reachability matrix: which cell may open connections to which, on which ports. Pure. */
import type { ConnectivitySettings, PortRange } from "./schema.ts";
import { portRange } from "./schema.ts";

export type Protocol = "tcp" | "udp";

/** One line of the matrix, as other components request it, for example private DNS. */
export type Reach = ConnectivitySettings["reachability"][number];

/** The allowed traffic from one cell to another with one protocol; unique per combination. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  /** Sorted and disjoint. */
  readonly ports: readonly PortRange[];
  readonly why: string;
}

/** The part of a cell's manifest that connectivity needs. */
export type ConnectedCell = {
  readonly name: string;
  readonly cidr: string;
} & (
  | { readonly cloud: "aws"; readonly account: string; readonly region: string }
  | {
      readonly cloud: "gcp";
      readonly project: string;
      readonly region: string;
      /** Set for services in the hub's own network, such as Google's resolvers, which do not attach. */
      readonly inHub?: true;
    }
  | { readonly cloud: "onprem" }
);

/** A service in the network of Google's hub that has connections like a cell. */
export interface HubPlace {
  readonly name: string;
  readonly cidr: string;
  readonly project: string;
}

/** Requirements of other components: lines of the matrix, and services beside cells that those lines name. */
export interface Needs {
  readonly lines: readonly Reach[];
  readonly places: readonly HubPlace[];
}

export const noNeeds: Needs = { lines: [], places: [] };

/** Cells together with the services in the hub's network. */
export function withPlaces(
  cells: readonly ConnectedCell[],
  places: readonly HubPlace[],
): ConnectedCell[] {
  return [
    ...cells,
    ...places.map((place) => ({ ...place, cloud: "gcp", region: "global", inHub: true }) as const),
  ];
}

/** Merges the lines of a matrix: adjacent ranges become one. */
export function passages(lines: readonly Reach[]): Passage[] {
  const found = new Map<string, Passage>();
  for (const { from, to, ports: openings, why } of lines) {
    for (const { protocol, ports } of openings) {
      const key = JSON.stringify([from, to, protocol]);
      const known = found.get(key);
      const reasons = [known?.why, why].filter((reason) => reason !== undefined);
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

/** Sorts ranges and merges those that overlap or are adjacent. */
export function joined(ranges: readonly PortRange[]): PortRange[] {
  const done: PortRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const open = done.at(-1);
    if (open === undefined || range.first > open.last + 1) done.push(range);
    else done.splice(-1, 1, { first: open.first, last: Math.max(open.last, range.last) });
  }
  return done;
}

/** The intersection of two lists of ports. */
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

/** `443` or `9092-9098`, the format of Google's firewall rules. */
export function portsText({ first, last }: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}

/** The cells that each cell exchanges traffic with, in either direction: responses need a return path. */
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
