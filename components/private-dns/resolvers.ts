/** Who answers for the names of which cells when others ask, and where each asks from. Pure. */
import type { Cidr } from "../core/cidr.ts";
import { planAws } from "../network/plan.ts";
import { type HubAddresses, type ZoneResolvers, zoneResolvers } from "./addresses.ts";

/** What the plan has to know of a cell. */
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
  /** The cell that it stands in, or `google.hub`. */
  readonly name: string;
  /** The cells that it answers for, and whose questions it passes on. */
  readonly serves: readonly string[];
  /** Where its queries come from. */
  readonly asksFrom: readonly Cidr[];
  /** Where it is asked. */
  readonly answersAt: readonly string[];
}

/** What Google's hub is called among cells. No cell can be called so: names have no dot. */
export const googleHub = "google.hub";

/** Where Cloud DNS asks from, whatever the network: "Forwarding targets and routing methods" of its documentation. */
export const googleQueries: Cidr = "35.199.192.0/19";

/** Resolver endpoints ask for two zones at least; each more costs by the hour. */
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

/** The resolvers of connected cells: one a group on AWS, one for all of Google, one a site. */
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

/** Where a cell's resolver endpoints stand. */
export function endpointsOf({ cidr, zones }: AwsDnsCell): ZoneResolvers[] {
  return planAws({ cidr, zones: [...zones] })
    .zones.slice(0, zonesOfEndpoints)
    .map((subnets) => zoneResolvers(subnets.zone, subnets.private));
}
