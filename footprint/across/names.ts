/** Private names: planned from the environment's manifest and its cells. Pure. */

import { type Needs, noNeeds } from "../../components/connectivity/matrix.ts";
import { cidrProblem, contains } from "../../components/core/cidr.ts";
import { defaultZones } from "../../components/core/cloud.ts";
import type { Problem } from "../../components/core/errors.ts";
import { existingZoneProblems } from "../../components/private-dns/existing.ts";
import { type Link, planDns } from "../../components/private-dns/plan.ts";
import { dnsProblems } from "../../components/private-dns/problems.ts";
import { dnsPlaces, dnsReachability } from "../../components/private-dns/reachability.ts";
import type { DnsCell } from "../../components/private-dns/resolvers.ts";
import { configFile } from "../files/config-files.ts";
import type { CellsRead, EnvironmentManifest, Names, PlacedCell } from "../model.ts";

type Sections = Pick<EnvironmentManifest, "dns" | "connectivity">;
type Environment = Sections & Pick<EnvironmentManifest, "addressSpace">;

/** Undefined without a domain: there are then only the clouds' own names. */
export function namesOf(
  { dns, connectivity, addressSpace }: Environment,
  cells: readonly PlacedCell[],
): Names | undefined {
  if (dns === undefined) return undefined;
  const links = linksOf(connectivity, cells);
  return { settings: dns, plan: planDns(dns, addressSpace.supernet, cells.map(dnsCell), links) };
}

/** The links that names need in the reachability matrix. */
export function needsOf(names: Names | undefined): Needs {
  return names ? { lines: dnsReachability(names.plan), places: dnsPlaces(names.plan) } : noNeeds;
}

/** Problems between the section and the cells, with their files. */
export function namesFindings(
  { dns, connectivity, addressSpace }: Sections & Partial<Environment>,
  { names, placed }: CellsRead,
  file: string,
): Problem[] {
  if (addressSpace === undefined) return [];
  const sections = placed.filter((cell) => cell.cloud === "onprem" && cell.dns);
  if (dns === undefined) {
    return sections.map(({ stack }) => ({
      path: `${configFile(stack)}: dns`,
      message: "must be omitted: the environment has no section dns, with the domain",
    }));
  }
  const { supernet } = addressSpace;
  const links = linksOf(connectivity, placed);
  // An invalid supernet is reported elsewhere, together with blocks outside it.
  const sound = placed.filter(({ cidr }) => !cidrProblem(cidr) && contains(supernet, cidr));
  const found = dnsProblems(dns, supernet, sound.map(dnsCell), links);
  const below = (path: string, problems: readonly Problem[]) =>
    problems.map((problem) => ({ ...problem, path: `${path}: dns.${problem.path}` }));
  const connected = new Set(links.flat());
  return [
    ...below(file, found.environment),
    ...below(file, existingZoneProblems(dns.existing, placed, names)),
    ...sound.filter(({ name }) => connected.has(name)).flatMap(existingProblems),
    ...placed.flatMap(({ name, stack }) => below(configFile(stack), found.cells[name] ?? [])),
  ];
}

/** Resolver endpoints have planned addresses in subnets that Atoll created: others ask there, and firewalls let it pass. */
function existingProblems({ cloud, sections, stack }: PlacedCell): Problem[] {
  if (cloud !== "aws" || sections.network?.existing === undefined) return [];
  const message =
    "is not supported for a cell that the reachability matrix names while the environment has private names (dns): resolver endpoints need addresses in subnets that Atoll created";
  return [{ path: `${configFile(stack)}: network.existing`, message }];
}

/** A cell as input of the plan of names. */
export function dnsCell(cell: PlacedCell): DnsCell {
  const { name, cidr } = cell;
  switch (cell.cloud) {
    case "aws": {
      const { cloud, account, region } = cell;
      const zones = cell.zones ?? defaultZones(cloud, region);
      return { name, cidr, cloud, account, region, zones };
    }
    case "gcp":
      return { name, cidr, cloud: cell.cloud, project: cell.project };
    case "onprem":
      return { name, cidr, cloud: cell.cloud, resolvers: cell.dns?.resolvers ?? [] };
  }
}

/** The pairs of the matrix; cells that do not exist are reported with the matrix. */
function linksOf(connectivity: Environment["connectivity"], cells: readonly PlacedCell[]): Link[] {
  const known = new Set(cells.map(({ name }) => name));
  return (connectivity?.reachability ?? [])
    .filter(({ from, to }) => known.has(from) && known.has(to))
    .map(({ from, to }): Link => [from, to]);
}
