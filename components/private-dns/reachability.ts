/** What DNS needs of the network between cells: who may reach whom, in the terms of a reachability matrix. */
import type { Cidr } from "../core/cidr.ts";
import type { DnsPlan } from "./plan.ts";

/** One direction of queries; answers come back by the same connection. */
export interface DnsFlow {
  /** A cell, or `google.hub`. */
  readonly from: string;
  /** A cell, or `google.hub`. */
  readonly to: string;
  /** Where queries come from. */
  readonly sources: readonly Cidr[];
  /** Whom they are sent to, as blocks of one address. */
  readonly destinations: readonly Cidr[];
  /** Queries are UDP; answers too large for it are asked for again by TCP. */
  readonly protocol: "udp" | "tcp";
  readonly port: 53;
  readonly why: string;
}

/** Every flow that names across cells need, and no other. */
export function dnsFlows({ resolvers }: DnsPlan): DnsFlow[] {
  return resolvers.flatMap((to) =>
    resolvers
      .filter((from) => from !== to)
      .flatMap((from) =>
        (["udp", "tcp"] as const).map((protocol) => ({
          from: from.name,
          to: to.name,
          sources: from.asksFrom,
          destinations: to.answersAt.map((address) => `${address}/32`),
          protocol,
          port: 53 as const,
          why: `Names of ${to.serves.join(", ")} for ${from.serves.join(", ")}`,
        })),
      ),
  );
}
