/** The resolvers that are authoritative for the zones of cells, and the sources of their queries. Pure. */
import type { Cidr } from "../core/cidr.ts";
import type { Places } from "../network/places.ts";
import { planAws } from "../network/plan.ts";
import { type HubAddresses, type ZoneResolvers, zoneResolvers } from "./addresses.ts";

/** The facts of a cell that the plan needs. */
export type DnsCell = AwsDnsCell | GcpDnsCell | OnpremDnsCell;

interface Named {
  readonly name: string;
  readonly cidr: Cidr;
}

export interface AwsDnsCell extends Named {
  readonly cloud: "aws";
  readonly account: string;
  readonly region: string;
  readonly zones: readonly string[];
  /** The places of zones that the manifest sets. */
  readonly places?: Places;
}

export interface GcpDnsCell extends Named {
  readonly cloud: "gcp";
  readonly project: string;
}

export interface OnpremDnsCell extends Named {
  readonly cloud: "onprem";
  readonly resolvers: readonly string[];
}

export interface Resolver {
  /** Its cell, or `google.hub`. */
  readonly name: string;
  /** The cells that it serves: it resolves their zones, and forwards their queries. */
  readonly serves: readonly string[];
  /** Sources of its queries. */
  readonly asksFrom: readonly Cidr[];
  /** Its own addresses. */
  readonly answersAt: readonly string[];
}

/** The name of the Google Cloud hub among cells. It cannot clash: names of cells have no dot. */
export const googleHub = "google.hub";

/** Source range of Cloud DNS in every network. Source: Cloud DNS documentation, "Forwarding targets and routing methods". */
export const googleQueries: Cidr = "35.199.192.0/19";

/** Resolver endpoints need at least two zones. Each additional one has an hourly fee. */
const zonesOfEndpoints = 2;

/** The cells of one account and region, by `<account>/<region>`, each group in the order of the cells. */
export function groupsOf(
  cells: readonly DnsCell[],
): Readonly<Record<string, readonly AwsDnsCell[]>> {
  const groups: Record<string, AwsDnsCell[]> = {};
  for (const cell of cells) {
    if (cell.cloud !== "aws") continue;
    const key = groupOf(cell);
    groups[key] = [...(groups[key] ?? []), cell];
  }
  return groups;
}

export function groupOf({ account, region }: AwsDnsCell): string {
  return `${account}/${region}`;
}

/** The resolvers of connected cells: one per group on AWS, one for Google Cloud, one per site. */
export function resolversOf(cells: readonly DnsCell[], hub: HubAddresses | undefined): Resolver[] {
  const names = (some: readonly DnsCell[]) => some.map(({ name }) => name);
  const aws = Object.values(groupsOf(cells)).flatMap((group) => {
    const [head] = group;
    if (head === undefined) return [];
    const endpoints = endpointsOf(head);
    return {
      name: head.name,
      serves: names(group),
      asksFrom: endpoints.map(({ outbound }) => `${outbound}/32`),
      answersAt: endpoints.map(({ inbound }) => inbound),
    };
  });
  const google = cells.filter(({ cloud }) => cloud === "gcp");
  const hubs = hub
    ? [
        {
          name: googleHub,
          serves: names(google),
          asksFrom: [googleQueries],
          answersAt: [hub.entry],
        },
      ]
    : [];
  const sites = cells.flatMap((cell) =>
    cell.cloud === "onprem"
      ? { name: cell.name, serves: [cell.name], asksFrom: [cell.cidr], answersAt: cell.resolvers }
      : [],
  );
  return [...aws, ...hubs, ...sites];
}

/** The addresses of a cell's resolver endpoints. */
export function endpointsOf({ cidr, region, zones, places }: AwsDnsCell): ZoneResolvers[] {
  return planAws({ cidr, region, zones: [...zones], places })
    .zones.slice(0, zonesOfEndpoints)
    .map((subnets) => zoneResolvers(subnets.zone, subnets.private));
}
