/** Whether the nodes of a cell's pools have addresses in its network. Pure. */
import { type Cidr, prefixOf } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import type { AwsNetworkSpec } from "./aws-schema.ts";
import type { GcpNetworkSpec } from "./gcp-schema.ts";
import { awsNodesIn, gcpNodesIn, siteNodesIn } from "./node-room.ts";
import { planAws, planGcp, planOnprem, type SiteWithEgress } from "./plan.ts";

/** The nodes that the pools of a cell have at most. */
export interface NodeDemand {
  readonly nodes: number;
  /** What their number is, for messages. @default "the sum of size.max" */
  readonly counted?: string;
  /** Additional nodes during upgrades. @default 0 */
  readonly upgrades?: number;
}

/** A pool of a manifest. */
interface SizedPool {
  readonly class: string;
  readonly size: { readonly max: number };
}

type Pools = Readonly<Record<string, SizedPool>>;

/**
 * An update of a managed node group adds nodes: twice the number of zones, or as many as can be unavailable if that is more. Source:
 * "Understand each phase of node updates", EKS user guide. Karpenter replaces nodes within the limits of its pools.
 */
export function awsDemand(pools: Pools, zones: number): NodeDemand {
  const upgrades = Object.values(pools)
    .filter((pool) => pool.class === "system")
    .reduce((sum, { size }) => sum + Math.max(2 * zones, Math.ceil(0.33 * size.max)), 0);
  return { nodes: Object.values(pools).reduce((sum, { size }) => sum + size.max, 0), upgrades };
}

/**
 * Each GKE node pool of a pool can grow to the pool's maximum size. GKE upgrades one node pool at a time, with one additional node.
 */
export function gcpDemand(nodePools: readonly { readonly max: number }[]): NodeDemand {
  return {
    nodes: nodePools.reduce((sum, { max }) => sum + max, 0),
    counted: "the sum of size.max over all GKE node pools",
    upgrades: 1,
  };
}

/** The nodes that fit. */
interface Room {
  /** For messages: the block, or the subnets. */
  readonly where: string;
  readonly fits: number;
  /** The smallest block that this many nodes fit in, as its prefix; undefined if none does. Omitted if it cannot be another. */
  needed?(nodes: number): number | undefined;
}

interface Existing {
  readonly cidr: Cidr;
  readonly existing: object;
}

type Created<Spec> = Spec & { readonly existing?: undefined };

/**
 * Subnets of an existing network are in the cell's block, which is the limit until they are looked up.
 *
 * @param workers addresses of connectors in each subnet. @default 0
 */
export function awsRoom(spec: Created<AwsNetworkSpec> | Existing, workers = 0): Room {
  if (spec.existing !== undefined) {
    return { where: spec.cidr, fits: awsNodesIn([spec.cidr], { addresses: workers }) };
  }
  const { interfaceEndpoints, privateDomains } = spec;
  const others = {
    addresses: interfaceEndpoints.length + workers,
    // Resolver endpoints are only in cells of environments with domains.
    prefixes: privateDomains.length === 0 ? 0 : 1,
  };
  const privateIn = (cidr: Cidr) => planAws({ ...spec, cidr }).zones.map((zone) => zone.private);
  return roomOf(spec.cidr, 16, (cidr) => awsNodesIn(privateIn(cidr), others));
}

export function gcpRoom(spec: Created<GcpNetworkSpec> | Existing): Room {
  const { cidr } = spec;
  if (spec.existing !== undefined) return { where: cidr, fits: gcpNodesIn({ pods: cidr }) };
  return roomOf(cidr, 11, (block) => planGcp({ cidr: block }).nodesAtMost);
}

/** @param largest the prefix of the largest block that the cloud's plan supports */
function roomOf(cidr: Cidr, largest: number, nodesIn: (cidr: Cidr) => number): Room {
  const smaller = prefixOf(cidr);
  return {
    where: cidr,
    fits: nodesIn(cidr),
    needed: (nodes) =>
      Array.from({ length: smaller - largest }, (_, index) => smaller - 1 - index).find(
        (prefix) => nodesIn(`10.0.0.0/${prefix}`) >= nodes,
      ),
  };
}

/** At most one problem, with the sum that fits and the block that would be large enough. */
export function nodeProblems(
  { nodes, counted = "the sum of size.max", upgrades = 0 }: NodeDemand,
  { where, fits, needed }: Room,
): Problem[] {
  if (nodes + upgrades <= fits) return [];
  const spare = upgrades === 0 ? "" : `, of which upgrades take ${upgrades}`;
  const prefix = needed?.(nodes + upgrades);
  const block = prefix === undefined ? "no larger block is possible" : `a /${prefix} is needed`;
  return [
    {
      path: "nodePools",
      message: `must have at most ${Math.max(0, fits - upgrades)} nodes, ${counted}: addresses in ${where} are enough for ${fits}${spare}${needed ? `; for more, ${block}` : ""}`,
      got: nodes,
    },
  ];
}

/** Whether the nodes of a site and their pods have addresses in its ranges. */
export function siteNodeProblems(nodes: number, spec: SiteWithEgress): Problem[] {
  const plan = planOnprem(spec);
  return (["node", "pod"] as const).flatMap((kind) => {
    const range = plan[`${kind}s`];
    const fits = siteNodesIn[kind];
    if (nodes <= fits(range)) return [];
    const larger = Array.from({ length: 32 }, (_, index) => 32 - index).find(
      (size) => fits(`10.0.0.0/${size}`) >= nodes,
    );
    const what = kind === "node" ? "addresses" : "addresses for the pods";
    return [
      {
        path: `network.${kind}Cidr`,
        message: `must be a /${larger} at least: nodePools has ${nodes} nodes, and this range has ${what} of ${fits(range)}`,
        got: range,
      },
    ];
  });
}
