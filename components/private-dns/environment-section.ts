/** The private names of an environment's cells, as a section of its manifest. */

import { z } from "zod";
import { connectivity } from "../connectivity/environment-section.ts";
import type { Needs } from "../connectivity/matrix.ts";
import { cidrProblem, contains } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import type { EnvironmentCell, EnvironmentContext } from "../section/environment-section.ts";
import { defineEnvironmentSection } from "../section/environment-section.ts";
import { dnsCell, linksOf, type NamedCell } from "./cells.ts";
import { dnsChanges } from "./changes.ts";
import { existingZoneProblems } from "./existing.ts";
import { type DnsPlan, type Names, planDns } from "./plan.ts";
import { dnsProblems } from "./problems.ts";
import { dnsPlaces, dnsReachability } from "./reachability.ts";
import { resolverProblems } from "./resolver-problems.ts";
import { type DnsSettings, dnsSettings } from "./schema.ts";

type Cell = EnvironmentCell & NamedCell;
type Environment = Omit<EnvironmentContext, "cells"> & { readonly cells: readonly Cell[] };
type Settings = DnsSettings | undefined;

/** The DNS resources that cells attach to. */
const outputs = z.object({
  domain: z.string(),
  /** Route 53 profile ids by target id, for targets with several cells. */
  profiles: z.record(z.string(), z.string()),
  /** The network in which the Google Cloud hub resolves names. Omitted without a hub. */
  googleHub: z.string().optional(),
});

export const dns = defineEnvironmentSection({
  name: "dns",
  page: "components/private-dns",
  about: "The private names of its cells; without it there are only the clouds' own names.",
  settings: dnsSettings,
  changes: dnsChanges,
  check: namesProblems,
  contributes: {
    to: "connectivity",
    of: (settings: DnsSettings, environment: Environment): Needs => {
      const plan = planOf(settings, environment);
      return { lines: dnsReachability(plan), places: dnsPlaces(plan) };
    },
  },
  plan: (settings: Settings, environment: Environment): Names | undefined =>
    settings && { settings, plan: planOf(settings, environment) },
  logRetention: [["retentionDays"]],
  build: () => import("./environment.ts"),
  outputs,
  outputsOf: (built: unknown) => built,
});

function planOf(settings: DnsSettings, environment: Environment): DnsPlan {
  const { cells, supernet = "" } = environment;
  return planDns(settings, supernet, cells.map(dnsCell), linksIn(environment));
}

function linksIn(environment: Environment) {
  return linksOf(environment.settings(connectivity)?.reachability ?? [], environment.cells);
}

/** Problems between the section and the cells. */
function namesProblems(settings: Settings, environment: Environment): Problem[] {
  const { cells, file, names, supernet } = environment;
  if (supernet === undefined) return [];
  if (settings === undefined) {
    return cells
      .filter(({ cloud, dns }) => cloud === "onprem" && dns)
      .map((cell) => ({
        path: `${cell.file}: dns`,
        message: "must be omitted: the environment has no section dns, with the domain",
      }));
  }
  const links = linksIn(environment);
  // An invalid supernet is reported elsewhere, together with blocks outside it.
  const sound = cells.filter(({ cidr }) => !cidrProblem(cidr) && contains(supernet, cidr));
  const found = dnsProblems(settings, supernet, sound.map(dnsCell), links);
  const below = (path: string, problems: readonly Problem[]) =>
    problems.map((problem) => ({ ...problem, path: `${path}: dns.${problem.path}` }));
  const connected = new Set(links.flat());
  return [
    ...below(file, found.environment),
    ...resolverProblems(planDns(settings, supernet, sound.map(dnsCell), links)).map((problem) => ({
      ...problem,
      path: `${file}: ${problem.path}`,
    })),
    ...below(file, existingZoneProblems(settings.existing, cells, names)),
    ...sound.filter(({ name }) => connected.has(name)).flatMap(existingNetworkProblems),
    ...cells.flatMap((cell) => below(cell.file, found.cells[cell.name] ?? [])),
  ];
}

/** Resolver endpoints have planned addresses in subnets that Atoll created: others ask there, and firewalls let it pass. */
function existingNetworkProblems({ cloud, sections, file }: Cell): Problem[] {
  if (cloud !== "aws" || sections.network?.existing === undefined) return [];
  const message =
    "is not supported for a cell that the reachability matrix names while the environment has private names (dns): resolver endpoints need addresses in subnets that Atoll created";
  return [{ path: `${file}: network.existing`, message }];
}
