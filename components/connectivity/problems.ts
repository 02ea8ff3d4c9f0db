/** Problems of an environment's connectivity across all of its cells. Pure. */
import type { Problem } from "../core/errors.ts";
import { countLimits } from "../core/service-limits.ts";
import { didYouMean, pathText } from "../core/spec.ts";
import { planHubs, sharedOf } from "./hubs.ts";
import { type Found, linkProblems } from "./link-problems.ts";
import { planLinks, possibleLinks } from "./links.ts";
import {
  type ConnectedCell,
  type Needs,
  noNeeds,
  partners,
  passages,
  withPlaces,
} from "./matrix.ts";
import { planRules } from "./rules.ts";
import type { ConnectivitySettings } from "./schema.ts";
import { sharedProblems } from "./shared-problems.ts";

type Path = readonly PropertyKey[];

/** For one direction. Security groups allow more. */
const accessListRules = countLimits.rulesPerNetworkAcl;

/** Rules in the network ACLs of private subnets for the network itself; see components/network. */
const ownRules = 4;

/**
 * All problems of settings that are valid by their schema. Other components have checked their own requirements.
 *
 * @param where the prefix of paths: the name of the file
 * @param options.needs requirements of other components
 * @param options.unread cells with other problems, of which only the names are known
 */
export function connectivityProblems(
  settings: ConnectivitySettings,
  cells: readonly ConnectedCell[],
  where: string,
  { needs = noNeeds, unread = [] }: { needs?: Needs; unread?: readonly string[] } = {},
): Problem[] {
  const found = matrixProblems(settings, cells, unread);
  // Without valid cells there is no plan to check.
  if (found.length === 0 && unread.length === 0) {
    found.push(...siteProblems(settings, cells), ...googleProblems(settings, cells));
    found.push(...plannedProblems(settings, withPlaces(cells, needs.places), needs));
  }
  return found.map(({ at, ...problem }) => ({
    path: pathText(where, ["connectivity", ...at]),
    ...problem,
  }));
}

function matrixProblems(
  { reachability, gateways }: ConnectivitySettings,
  cells: readonly ConnectedCell[],
  unread: readonly string[],
): Found[] {
  const names = [...cells.map(({ name }) => name), ...unread];
  const unknown = (name: string, at: Path): Found[] =>
    names.includes(name)
      ? []
      : [{ at, message: `no such cell${didYouMean(name, names)}`, got: name }];
  const lines = reachability.flatMap(({ from, to }, index): Found[] => {
    const at = ["reachability", index];
    const self = {
      at: [...at, "to"],
      message: "must be another cell: traffic inside a cell is controlled by its own network",
      got: to,
    };
    return [
      ...unknown(from, [...at, "from"]),
      ...(from === to ? [self] : unknown(to, [...at, "to"])),
    ];
  });
  const gates = Object.keys(gateways).flatMap((name): Found[] => {
    const cell = cells.find((candidate) => candidate.name === name);
    if (cell === undefined) return unknown(name, ["gateways", name]);
    if (cell.cloud === "onprem") return [];
    const message = `must be an on-premises cell: "${name}" is on ${cell.cloud}, where the hub is created automatically`;
    return [{ at: ["gateways", name], message }];
  });
  return [...lines, ...gates];
}

/** Sites are reached through their own routers, not through each other. */
function siteProblems(
  { reachability, gateways }: ConnectivitySettings,
  cells: readonly ConnectedCell[],
): Found[] {
  const sites = new Set(cells.flatMap(({ cloud, name }) => (cloud === "onprem" ? name : [])));
  const google = new Set(cells.flatMap(({ cloud, name }) => (cloud === "gcp" ? name : [])));
  const connected = partners(passages(reachability));
  const missing = [...sites].filter((name) => connected.has(name) && !(name in gateways));
  const keyless = [...sites].filter(
    (name) =>
      gateways[name] !== undefined &&
      gateways[name].presharedKey === undefined &&
      [...(connected.get(name) ?? [])].some((other) => google.has(other)),
  );
  return [
    ...reachability.flatMap(({ from, to }, index): Found[] =>
      sites.has(from) && sites.has(to)
        ? [
            {
              at: ["reachability", index, "to"],
              message: `must be a cell of a cloud: "${from}" and "${to}" are both on-premises, whose routers Atoll does not connect with each other`,
              got: to,
            },
          ]
        : [],
    ),
    ...missing.map((name) => ({
      at: ["gateways", name],
      message: `is required: the matrix names "${name}", so set its routers' public addresses and ASN`,
    })),
    ...keyless.map((name) => ({
      at: ["gateways", name, "presharedKey"],
      message: `is required: tunnels from "${name}" to Google need a key, for example {configKey: ${name}-vpn-key}`,
    })),
  ];
}

/** There is one Google hub; its location must not depend on which cells exist. */
function googleProblems(
  { googleHub }: ConnectivitySettings,
  cells: readonly ConnectedCell[],
): Found[] {
  const places = cells.flatMap((cell) =>
    cell.cloud === "gcp" ? `${cell.project} ${cell.region}` : [],
  );
  const different = [...new Set(places)];
  if (googleHub !== undefined || different.length < 2) return [];
  const message = `is required: Google cells are in ${different.join(" and ")}, so set the project and region of their hub`;
  return [{ at: ["googleHub"], message }];
}

/** Problems of the plan: names of hubs and links, collisions of numbers, quotas. */
function plannedProblems(
  settings: ConnectivitySettings,
  cells: readonly ConnectedCell[],
  { lines }: Needs,
): Found[] {
  const matrix = passages([...settings.reachability, ...lines]);
  const hubs = planHubs(settings, cells);
  const sites = cells.flatMap(({ cloud, name }) => (cloud === "onprem" ? name : []));
  const possible = new Set(hubs.flatMap((hub) => possibleLinks(hub, hubs, sites)));
  const links = planLinks(settings, cells, matrix, hubs);
  return [
    ...unknownKeys(
      "asns",
      Object.keys(settings.asns),
      hubs.map(({ key }) => key),
    ),
    ...unknownKeys(
      "existing.transitGateways",
      Object.keys(settings.existing?.transitGateways ?? {}),
      hubs.flatMap(({ cloud, key }) => (cloud === "aws" ? key : [])),
    ),
    ...sharedProblems(settings, hubs, links),
    ...googleHubProblems(settings, hubs),
    ...unknownKeys("tunnels", Object.keys(settings.tunnels), [...possible]),
    ...asnProblems(settings, hubs),
    ...linkProblems(settings, links),
    ...quotaProblems(cells, planRules(cells, matrix)),
  ];
}

function googleHubProblems(
  { existing }: ConnectivitySettings,
  hubs: ReturnType<typeof planHubs>,
): Found[] {
  const got = existing?.googleHub;
  if (got === undefined || hubs.some(({ cloud }) => cloud === "gcp")) return [];
  const message = "must be omitted: no cell of the environment is on Google Cloud";
  return [{ at: ["existing", "googleHub"], message, got }];
}

function unknownKeys(field: string, given: readonly string[], known: readonly string[]): Found[] {
  const what = field === "tunnels" ? "VPN link" : "hub";
  return given
    .filter((key) => !known.includes(key))
    .map((key) => ({
      at: [...field.split("."), key],
      message: `no such ${what}${didYouMean(key, known)}`,
      got: key,
    }));
}

/** BGP drops routes with the receiver's own ASN in their path: two hubs with the same ASN never learn routes of each other. */
function asnProblems(settings: ConnectivitySettings, hubs: ReturnType<typeof planHubs>): Found[] {
  const holders = [
    ...hubs
      .filter((hub) => !sharedOf(hub))
      .map(({ key, asn }) => ({ name: key, asn, at: ["asns", key] })),
    ...Object.entries(settings.gateways).map(([name, { asn }]) => ({
      name,
      asn,
      at: ["gateways", name, "asn"],
    })),
  ];
  return holders.flatMap(({ name, asn, at }, index) => {
    const first = holders.slice(0, index).find((holder) => holder.asn === asn);
    if (first === undefined) return [];
    const message = `must not be the ASN of "${first.name}"${at[0] === "asns" ? `: set another for ${name}` : ""}`;
    return [{ at, message, got: asn }];
  });
}

/** Network ACLs of isolated subnets have a rule for each range of ports and one for the responses of each cell and protocol. */
function quotaProblems(
  cells: readonly ConnectedCell[],
  rules: ReturnType<typeof planRules>,
): Found[] {
  return cells.flatMap(({ name, cloud }): Found[] => {
    if (cloud !== "aws") return [];
    const of = (direction: string) =>
      rules.filter((rule) => rule.cell === name && rule.direction === direction);
    const needed = (direction: string, other: string) =>
      of(direction).reduce((sum, { ports }) => sum + ports.length, 0) +
      Math.max(ownRules, 1 + of(other).length);
    const most = Math.max(needed("ingress", "egress"), needed("egress", "ingress"));
    if (most <= accessListRules) return [];
    const message = `must need at most ${accessListRules} rules in the network ACLs of "${name}", the quota of AWS: combine ports into ranges`;
    return [{ at: ["reachability"], message, got: most }];
  });
}
