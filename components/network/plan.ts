/** The address plan of a cell, from its CIDR block only. Pure and deterministic. */
import {
  allocate,
  type Cidr,
  contains,
  nextFree,
  overlapping,
  prefixOf,
  type Room,
  roomIn,
  split,
} from "../core/cidr.ts";
import { BlueprintError, type Problem } from "../core/errors.ts";
import type { AwsNetworkSpec } from "./aws-schema.ts";
import type { EgressRule } from "./base-schema.ts";
import type { GcpNetworkSpec } from "./gcp-schema.ts";
import { gcpNodesIn } from "./node-room.ts";
import { type Places, placesFor } from "./places.ts";
import { platformNames, withRedirects } from "./registries.ts";

/** The subnets of one zone. */
export interface ZonePlan {
  readonly zone: string;
  /** The number of its quarter of the block. It never changes. */
  readonly place: number;
  /** Nodes and pods. Egress only. Half of the zone's quarter. */
  readonly private: Cidr;
  /** Data services. No internet access. A quarter of the zone's quarter. */
  readonly isolated: Cidr;
  /** NAT gateways and load balancers. A sixteenth of the zone's quarter. */
  readonly public: Cidr;
}

export interface AwsNetworkPlan {
  readonly cidr: Cidr;
  /** In alphabetical order. */
  readonly zones: readonly ZonePlan[];
  /** Deployed zones that the manifest no longer names: their subnets stay. In alphabetical order. */
  readonly left: readonly ZonePlan[];
  readonly room: Room;
}

type ZonesOfANetwork = Pick<AwsNetworkSpec, "cidr" | "region" | "zones"> & {
  /** Places that the manifest sets. */
  readonly places?: Places | undefined;
};

/**
 * Every zone has a quarter of the block, its place. Zones can come and go without moving the subnets of others.
 *
 * @param deployed the places of deployed zones. @default none
 */
export function planAws(
  { cidr, region, zones, places }: ZonesOfANetwork,
  deployed: Places = {},
): AwsNetworkPlan {
  const quarters = split(cidr, prefixOf(cidr) + 2);
  const all = [...new Set([...zones, ...Object.keys(deployed)])];
  const kept = { ...stillFree(zones, places ?? {}, deployed), ...deployed };
  const planned = Object.entries(placesFor(region, all, kept)).flatMap(([zone, place]) => {
    const quarter = quarters[place];
    if (quarter === undefined) return [];
    const size = prefixOf(quarter);
    const subnets = { private: size + 1, isolated: size + 2, public: size + 4 };
    return [{ zone, place, ...allocate(quarter, subnets) }];
  });
  const taken = planned.flatMap((zone) => [zone.private, zone.isolated, zone.public]);
  const named = ({ zone }: ZonePlan) => zones.includes(zone);
  return {
    cidr,
    zones: planned.filter(named),
    left: planned.filter((zone) => !named(zone)),
    room: roomIn(cidr, taken),
  };
}

/** The places that the manifest sets for its zones, without those that another zone already has. */
function stillFree(zones: readonly string[], places: Places, deployed: Places): Places {
  const taken = Object.values(deployed);
  return Object.fromEntries(
    Object.entries(places).filter(
      ([zone, place]) => zones.includes(zone) && !taken.includes(place),
    ),
  );
}

/** Zones are only added to a network, so their number identifies the set while the manifest names all of them. */
export function subnetSet({ zones, left }: Pick<AwsNetworkPlan, "zones" | "left">): string {
  return left.length === 0 ? String(zones.length) : zones.map(({ zone }) => zone).join(",");
}

/** The place of a subnet in a cell's block. Undefined for one that is not in the block. */
export function placeOf(cidr: Cidr, subnet: Cidr): number | undefined {
  const place = split(cidr, prefixOf(cidr) + 2).findIndex((quarter) => contains(quarter, subnet));
  return place < 0 ? undefined : place;
}

export interface GcpNetworkPlan {
  readonly cidr: Cidr;
  /** The subnetwork's own range: nodes, internal load balancers, the control plane's endpoint. */
  readonly nodes: Cidr;
  /** GKE assigns a /25 of it to every node with 64 pods. */
  readonly pods: Cidr;
  readonly services: Cidr;
  /** Envoy proxies of regional load balancers and gateways. Google Cloud requires at least a /26 and recommends a /23. */
  readonly proxies: Cidr;
  /** Private Service Connect endpoints: single addresses outside every subnetwork. */
  readonly endpoints: Cidr;
  /** The maximum number of nodes with 64 pods each. */
  readonly nodesAtMost: number;
  readonly room: Room;
}

const proxyPrefixes = { recommended: 23, smallest: 26 } as const;

/** Half of the block is for pods: GKE uses a /25 per node. */
export function planGcp({ cidr }: Pick<GcpNetworkSpec, "cidr">): GcpNetworkPlan {
  const size = prefixOf(cidr);
  const blocks = allocate(cidr, {
    pods: size + 1,
    nodes: size + 4,
    services: size + 4,
    proxies: Math.min(Math.max(size + 5, proxyPrefixes.recommended), proxyPrefixes.smallest),
    endpoints: 28,
  });
  return {
    cidr,
    ...blocks,
    nodesAtMost: gcpNodesIn(blocks),
    room: roomIn(cidr, Object.values(blocks)),
  };
}

export interface OnpremNetworkPlan {
  readonly cidr: Cidr;
  readonly nodes: Cidr;
  readonly pods: Cidr;
  readonly services: Cidr;
  readonly loadBalancers: Cidr;
  /** Egress rules for the site's firewall. */
  readonly egress: {
    /** Names over HTTPS: those of the platform and the manifest. */
    readonly names: readonly string[];
    readonly to: Readonly<Record<string, EgressRule>>;
  };
  readonly room: Room;
}

/** The ranges of a site by setting, largest first. */
const siteRanges = { podCidr: 1, nodeCidr: 2, serviceCidr: 4, loadBalancerCidr: 6 } as const;
type SiteRange = keyof typeof siteRanges;

/** The cell's block, and the ranges that the manifest sets. */
export interface Site extends Readonly<Partial<Record<SiteRange, Cidr | undefined>>> {
  readonly cidr: Cidr;
}

/** A site with the egress of its workloads. */
export interface SiteWithEgress extends Site {
  readonly egress: {
    readonly allow: readonly string[];
    readonly to: Readonly<Record<string, EgressRule>>;
  };
}

/** The ranges that the manifest sets, and omitted ranges from the rest of the cell's block. */
export function planOnprem(spec: SiteWithEgress): OnpremNetworkPlan {
  const { cidr } = spec;
  const { allow, to } = spec.egress;
  const egress = {
    names: [...new Set([...platformNames("onprem"), ...withRedirects(allow, "onprem")])],
    to,
  };
  const { podCidr, nodeCidr, serviceCidr, loadBalancerCidr } = rangesOf(spec);
  if (!podCidr || !nodeCidr || !serviceCidr || !loadBalancerCidr) {
    throw new BlueprintError("cidr-exhausted", `${cidr} has no room for all ranges of the site`);
  }
  const blocks = {
    nodes: nodeCidr,
    pods: podCidr,
    services: serviceCidr,
    loadBalancers: loadBalancerCidr,
  };
  return { cidr, ...blocks, egress, room: roomIn(cidr, Object.values(blocks)) };
}

function rangesOf(spec: Site): Partial<Record<SiteRange, Cidr>> {
  const fields = Object.keys(siteRanges) as SiteRange[];
  const ranges: Partial<Record<SiteRange, Cidr>> = {};
  const taken = fields.flatMap((field) => spec[field] ?? []);
  for (const field of fields) {
    const range =
      spec[field] ?? nextFree(spec.cidr, taken, prefixOf(spec.cidr) + siteRanges[field]);
    if (range === undefined) continue;
    ranges[field] = range;
    taken.push(range);
  }
  return ranges;
}

/**
 * Ranges that other cells reach must be in the cell's block, ranges must not overlap, and omitted ranges must fit.
 */
export function onpremProblems(spec: Site): Problem[] {
  const ranges = rangesOf(spec);
  const outside = (["nodeCidr", "loadBalancerCidr"] as const).flatMap((path) => {
    const got = spec[path];
    if (got === undefined || contains(spec.cidr, got)) return [];
    return [
      {
        path,
        message: `must be in the cell's block ${spec.cidr}, where other cells reach it`,
        got,
      },
    ];
  });
  const over = overlapping(ranges as Record<SiteRange, Cidr>).map(([first, second]) => ({
    path: second,
    message: `must not overlap ${first} ${ranges[first]}`,
    got: ranges[second],
  }));
  const homeless = (Object.keys(siteRanges) as SiteRange[])
    .filter((field) => ranges[field] === undefined)
    .map((path) => ({
      path,
      message: `is required: ${spec.cidr} has no free /${prefixOf(spec.cidr) + siteRanges[path]} left for it`,
    }));
  return [...outside, ...over, ...homeless];
}

export type NetworkPlan = AwsNetworkPlan | GcpNetworkPlan | OnpremNetworkPlan;
