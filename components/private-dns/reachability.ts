/** Entries of the reachability matrix that DNS needs. */
import type { Cidr } from "../core/cidr.ts";
import type { DnsPlan, Neighbours } from "./plan.ts";
import { googleHub } from "./resolvers.ts";

/** An entry of the matrix. */
export interface DnsReach {
  /** A cell, or one of `dnsPlaces`. */
  readonly from: string;
  /** A cell, or one of `dnsPlaces`. */
  readonly to: string;
  readonly ports: { readonly protocol: "udp" | "tcp"; readonly ports: number[] }[];
  readonly why: string;
}

/**
 * Cloud DNS of the hub is in no cell, and sends queries from other addresses than its own: two additional endpoints of the matrix, in
 * the network of the hub.
 */
export interface DnsPlace {
  readonly name: string;
  readonly cidr: Cidr;
  readonly project: string;
}

const googleQueriesPlace = "google.queries";

/** The addresses of Cloud DNS in the hub, and the source of its queries. Empty without a hub. */
export function dnsPlaces({ hub }: DnsPlan): DnsPlace[] {
  if (hub === undefined) return [];
  const [answers, queries] = hub.ranges;
  const { project } = hub;
  return [
    { name: googleHub, cidr: answers, project },
    { name: googleQueriesPlace, cidr: queries, project },
  ];
}

/** The minimal entries for DNS across cells. Queries use UDP, and TCP if the answer is too large. */
export function dnsReachability({ cells, hub, resolvers }: DnsPlan): DnsReach[] {
  return resolvers.flatMap(({ name: to }) =>
    Object.keys(neighboursOf(to)?.admits ?? {}).map((from) => ({
      from: from === googleHub ? googleQueriesPlace : from,
      to,
      ports: (["udp", "tcp"] as const).map((protocol) => ({ protocol, ports: [53] })),
      why: "Private names",
    })),
  );

  function neighboursOf(name: string): Neighbours | undefined {
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
