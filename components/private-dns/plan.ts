/** Which resolver is authoritative for which zones, and where it forwards queries. Pure and deterministic. */
import type { Cidr } from "../core/cidr.ts";
import {
  defaultHubBlock,
  type HubAddresses,
  hubAddresses,
  type ZoneResolvers,
} from "./addresses.ts";
import {
  type DnsCell,
  endpointsOf,
  googleHub,
  googleQueries,
  groupOf,
  groupsOf,
  type Resolver,
  resolversOf,
} from "./resolvers.ts";
import type { DnsSettings } from "./schema.ts";

type ByCell<Value> = Readonly<Record<string, Value>>;

/** A zone of another cell and the addresses that resolve it. */
export interface Forward {
  readonly zone: string;
  readonly targets: readonly string[];
}

/** The settings of a resolver. */
export interface Neighbours {
  /** Allowed sources of queries, by resolver. */
  readonly admits: ByCell<readonly Cidr[]>;
  /** Zones to forward, by cell. */
  readonly forwards: ByCell<Forward>;
}

export interface AwsDnsPlan {
  readonly cloud: "aws";
  readonly zone: string;
  /** Whether it shares a profile of its account and region. */
  readonly profile: boolean;
  /** Undefined without queries from other cells, or if another cell of the account and region has the endpoints. */
  readonly resolvers?: Neighbours & { readonly zones: readonly ZoneResolvers[] };
}

export interface GcpDnsPlan {
  readonly cloud: "gcp";
  readonly zone: string;
  /** Whether the hub resolves its zone for other clouds, and other clouds' zones for it. */
  readonly hub: boolean;
}

export interface OnpremDnsPlan extends Neighbours {
  readonly cloud: "onprem";
  readonly zone: string;
  readonly resolvers: readonly string[];
}

/** The Google Cloud hub, which resolves the zones of all Google Cloud cells and forwards for them. */
export interface HubDnsPlan extends HubAddresses, Neighbours {
  /** Project of the first connected Google Cloud cell. Connectivity chooses the location of the hub's network. */
  readonly project: string;
  /** Its own address and the source of its queries. Other networks need routes to both. */
  readonly ranges: readonly [answers: Cidr, queries: Cidr];
}

export interface DnsPlan {
  readonly domain: string;
  readonly cells: ByCell<AwsDnsPlan | GcpDnsPlan | OnpremDnsPlan>;
  /** Undefined without connected Google Cloud cells. */
  readonly hub?: HubDnsPlan;
  /** Cells by `<account>/<region>`, for accounts and regions with several cells. */
  readonly profiles: ByCell<readonly string[]>;
  /** All resolvers that send or receive queries across cells. */
  readonly resolvers: readonly Resolver[];
}

/** Names of two cells of which one can reach the other. */
export type Link = readonly [string, string];

/**
 * Name resolution follows the reachability matrix: two cells resolve each other's names if one can reach the other. Cells of one
 * account and region always do.
 *
 * @param links the pairs of the matrix, in any order
 */
export function planDns(
  settings: Pick<DnsSettings, "domain" | "googleResolvers">,
  supernet: Cidr,
  cells: readonly DnsCell[],
  links: readonly Link[],
): DnsPlan {
  const { domain, googleResolvers = defaultHubBlock(supernet) } = settings;
  const sorted = [...cells].sort((a, b) => (a.name < b.name ? -1 : 1));
  const groups = groupsOf(sorted);
  const partners = partnersOf(links);
  const linked = sorted.filter(({ name }) => partners.has(name));
  const google = linked.find((cell) => cell.cloud === "gcp");
  const hub = google ? hubAddresses(googleResolvers) : undefined;
  const resolvers = resolversOf(linked, hub);
  const neighbours = (name: string) => neighboursOf(name, resolvers, partners, domain);

  const cellPlan = (cell: DnsCell): DnsPlan["cells"][string] => {
    const { name, cloud } = cell;
    const zone = zoneOf(name, domain);
    switch (cloud) {
      case "aws": {
        const profile = (groups[groupOf(cell)]?.length ?? 0) > 1;
        const settings = neighbours(name);
        const endpoints =
          Object.keys(settings.admits).length > 0
            ? { ...settings, zones: endpointsOf(cell) }
            : undefined;
        return { cloud, zone, profile, ...(endpoints ? { resolvers: endpoints } : {}) };
      }
      case "gcp":
        return { cloud, zone, hub: partners.has(name) };
      case "onprem":
        return { cloud, zone, resolvers: cell.resolvers, ...neighbours(name) };
    }
  };
  const shared = Object.entries(groups).filter(([, group]) => group.length > 1);
  return {
    domain,
    cells: Object.fromEntries(sorted.map((cell) => [cell.name, cellPlan(cell)])),
    profiles: Object.fromEntries(
      shared.map(([key, group]) => [key, group.map(({ name }) => name)]),
    ),
    resolvers,
    ...(hub && google
      ? {
          hub: {
            ...hub,
            ...neighbours(googleHub),
            project: google.project,
            ranges: [hub.block, googleQueries],
          },
        }
      : {}),
  };
}

function zoneOf(cell: string, domain: string): string {
  return `${cell}.${domain}`;
}

type Partners = ReadonlyMap<string, ReadonlySet<string>>;

function partnersOf(links: readonly Link[]): Partners {
  const found = new Map<string, Set<string>>();
  for (const [one, other] of [...links, ...links.map(([a, b]): Link => [b, a])]) {
    found.set(one, (found.get(one) ?? new Set()).add(other));
  }
  return found;
}

/** A resolver forwards only zones of cells that are linked to one of its own cells. */
function neighboursOf(
  name: string,
  resolvers: readonly Resolver[],
  partners: Partners,
  domain: string,
): Neighbours {
  const own = resolvers.find((resolver) => resolver.name === name);
  const wanted = new Set(own?.serves.flatMap((cell) => [...(partners.get(cell) ?? [])]));
  const others = resolvers
    .filter((resolver) => resolver !== own)
    .map((other) => ({ ...other, wanted: other.serves.filter((cell) => wanted.has(cell)) }))
    .filter((other) => other.wanted.length > 0);
  return {
    admits: Object.fromEntries(others.map((other) => [other.name, other.asksFrom])),
    forwards: Object.fromEntries(
      others.flatMap(({ answersAt, wanted: cells }) =>
        cells.map((cell) => [cell, { zone: zoneOf(cell, domain), targets: answersAt }]),
      ),
    ),
  };
}

/** The private names of an environment with a domain. */
export interface Names {
  readonly settings: DnsSettings;
  readonly plan: DnsPlan;
}
