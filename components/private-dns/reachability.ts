/** What DNS needs of the network between cells, in the terms of a reachability matrix. */
import type { Cidr } from "../core/cidr.ts";
import type { DnsPlan, Neighbours } from "./plan.ts";
import { googleHub } from "./resolvers.ts";

/** A line of the matrix. */
export interface DnsReach {
  /** A cell, or one of `dnsPlaces`. */
  readonly from: string;
  /** A cell, or one of `dnsPlaces`. */
  readonly to: string;
  readonly ports: { readonly protocol: "udp" | "tcp"; readonly ports: number[] }[];
  readonly why: string;
}

/**
 * Google's resolver is in no cell, and it asks from other addresses than it answers at: two more places of the matrix, in
 * the network of Google's hub.
 */
export interface DnsPlace {
  readonly name: string;
  readonly cidr: Cidr;
  readonly project: string;
}

const googleQueriesPlace = "google.queries";

/** Where Google's resolver stands and asks from; nothing without a hub. */
export function dnsPlaces({ hub }: DnsPlan): DnsPlace[] {
  if (hub === undefined) return [];
  const [answers, queries] = hub.ranges;
  const { project } = hub;
  return [
    { name: googleHub, cidr: answers, project },
    { name: googleQueriesPlace, cidr: queries, project },
  ];
}

/** Every line that names across cells need, and no other. Queries are UDP; answers too large for it are asked for by TCP. */
export function dnsReachability({ cells, hub, resolvers }: DnsPlan): DnsReach[] {
  return resolvers.flatMap(({ name: to }) =>
    Object.keys(toldTo(to)?.admits ?? {}).map((from) => ({
      from: from === googleHub ? googleQueriesPlace : from,
      to,
      ports: (["udp", "tcp"] as const).map((protocol) => ({ protocol, ports: [53] })),
      why: "Private names",
    })),
  );

  function toldTo(name: string): Neighbours | undefined {
    if (name === googleHub) return hub;
    const cell = cells[name];
    switch (cell?.cloud) {
      case "aws":
        return cell.resolvers;
      case "onprem":
        return cell;
      default:
        return undefined;
    }
  }
}
