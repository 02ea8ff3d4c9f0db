/** Which addresses are for what, planned from a cell's block alone. Pure; the same block always gives the same plan. */
import {
  allocate,
  type Cidr,
  contains,
  overlapping,
  prefixOf,
  type Room,
  roomIn,
  split,
} from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import type { AwsNetworkSpec, EgressRule, GcpNetworkSpec, OnpremNetworkSpec } from "./schema.ts";

/** The subnets of one zone. */
export interface ZonePlan {
  readonly zone: string;
  /** Nodes and pods; a way out, none in. Half of the zone's quarter. */
  readonly private: Cidr;
  /** Data services; no way out, none in. A quarter of the zone's quarter. */
  readonly isolated: Cidr;
  /** NAT gateways and load balancers. A sixteenth of the zone's quarter. */
  readonly public: Cidr;
}

export interface AwsNetworkPlan {
  readonly cidr: Cidr;
  readonly zones: readonly ZonePlan[];
  readonly room: Room;
}

/**
 * Every zone gets a quarter of the block, whether there are two zones or four. So a zone can be added later, or a subnet
 * beside the planned ones, and nothing that stands has to move.
 */
export function planAws({ cidr, zones }: Pick<AwsNetworkSpec, "cidr" | "zones">): AwsNetworkPlan {
  const quarters = split(cidr, prefixOf(cidr) + 2);
  const planned = zones.flatMap((zone, place) => {
    const quarter = quarters[place];
    if (quarter === undefined) return [];
    const size = prefixOf(quarter);
    return [
      { zone, ...allocate(quarter, { private: size + 1, isolated: size + 2, public: size + 4 }) },
    ];
  });
  const taken = planned.flatMap((zone) => [zone.private, zone.isolated, zone.public]);
  return { cidr, zones: planned, room: roomIn(cidr, taken) };
}

export interface GcpNetworkPlan {
  readonly cidr: Cidr;
  /** The subnetwork's own range: nodes, internal load balancers, the control plane's endpoint. */
  readonly nodes: Cidr;
  /** GKE gives every node of 110 pods a /24 of it. */
  readonly pods: Cidr;
  readonly services: Cidr;
  /** Envoy proxies of regional load balancers and gateways; Google asks for a /26 at least and recommends a /23. */
  readonly proxies: Cidr;
  /** Private Service Connect endpoints: single addresses outside every subnetwork. */
  readonly endpoints: Cidr;
  /** How many nodes the pod range serves at 110 pods each. */
  readonly nodesAtMost: number;
  readonly room: Room;
}

const proxyPrefixes = { recommended: 23, smallest: 26 } as const;
const podPrefixOfANode = 24;

/** Half of the block is for pods: GKE spends a /24 a node. */
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
    nodesAtMost: 2 ** (podPrefixOfANode - prefixOf(blocks.pods)),
    room: roomIn(cidr, Object.values(blocks)),
  };
}

export interface OnpremNetworkPlan {
  readonly cidr: Cidr;
  readonly nodes: Cidr;
  readonly pods: Cidr;
  readonly services: Cidr;
  readonly loadBalancers: Cidr;
  readonly egress: Readonly<Record<string, EgressRule>>;
  readonly room: Room;
}

/** What the site says it has, and from the cell's block what it does not say. */
export function planOnprem(spec: OnpremNetworkSpec): OnpremNetworkPlan {
  const { cidr, egress } = spec;
  const size = prefixOf(cidr);
  const proposed = allocate(cidr, {
    pods: size + 1,
    nodes: size + 2,
    services: size + 4,
    loadBalancers: size + 6,
  });
  const blocks = {
    nodes: spec.nodeCidr ?? proposed.nodes,
    pods: spec.podCidr ?? proposed.pods,
    services: spec.serviceCidr ?? proposed.services,
    loadBalancers: spec.loadBalancerCidr ?? proposed.loadBalancers,
  };
  return { cidr, ...blocks, egress, room: roomIn(cidr, Object.values(blocks)) };
}

/** Ranges that are reached from outside the site have to lie in the cell's block; none may lie over another. */
export function onpremProblems(spec: OnpremNetworkSpec): Problem[] {
  const { nodes, pods, services, loadBalancers } = planOnprem(spec);
  const fields = {
    nodeCidr: nodes,
    podCidr: pods,
    serviceCidr: services,
    loadBalancerCidr: loadBalancers,
  };
  const outside = (["nodeCidr", "loadBalancerCidr"] as const)
    .filter((field) => !contains(spec.cidr, fields[field]))
    .map((field) => ({
      path: field,
      message: `must lie in the cell's block ${spec.cidr}: other cells reach it there`,
      got: fields[field],
    }));
  const over = overlapping(fields).map(([first, second]) => ({
    path: second,
    message: `must not overlap ${first} ${fields[first]}`,
    got: fields[second],
  }));
  return [...outside, ...over];
}

export type NetworkPlan = AwsNetworkPlan | GcpNetworkPlan | OnpremNetworkPlan;
