/** Whether the pods of a site's nodes have addresses in the pod range of its manifest. Pure. */
import { addressesIn, type Cidr, cidrProblem, contains, enclosing } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";

/** What a node says of its pods. */
export interface NodePods {
  /** `spec.podCIDRs`. Empty where the network plugin does not use them. */
  readonly ranges: readonly string[];
  /** `status.allocatable.pods`, a quantity. */
  readonly allocatable?: string | undefined;
}

/** The `spec` and `status` of a node, as the API server returns them. */
interface NodeFields {
  readonly podCIDR?: string | undefined;
  readonly podCIDRs?: readonly string[] | undefined;
}

export function podsOf(
  { podCIDR, podCIDRs = [] }: NodeFields = {},
  allocatable: Readonly<Record<string, string>> = {},
): NodePods {
  const ranges = podCIDRs.length === 0 && podCIDR ? [podCIDR] : podCIDRs;
  return { ranges, allocatable: allocatable.pods };
}

/**
 * Network plugins with their own address management, which may ignore the ranges of nodes. Sources: "IP Address Management (IPAM)",
 * Cilium documentation (default mode `cluster-pool`); "Get started with IP address management", Calico documentation.
 */
const ownAddresses: readonly string[] = ["calico", "cilium"];

/**
 * Problems of the nodes' ranges, of nodes that allow more pods than their range has addresses, and of the manifest's range if the pods
 * of all nodes have no addresses in it.
 *
 * @param podCidr `network.podCidr`, or its default
 */
export function podProblems(
  podCidr: Cidr | undefined,
  nodes: Readonly<Record<string, NodePods>>,
  networkPlugin?: string,
): Problem[] {
  const ranged = Object.entries(nodes).map(([node, { ranges, allocatable }]) => ({
    node,
    // Of dual-stack nodes only the IPv4 range: manifests have no other.
    range: ownAddresses.includes(networkPlugin ?? "")
      ? undefined
      : ranges.find((range) => cidrProblem(range) === undefined),
    pods: countOf(allocatable),
  }));
  return [
    ...(podCidr === undefined ? [] : outside(podCidr, ranged)),
    ...ranged.flatMap(crowded),
    ...(podCidr === undefined ? [] : tooMany(podCidr, ranged)),
  ];
}

interface Ranged {
  readonly node: string;
  readonly range: Cidr | undefined;
  readonly pods: number;
}

/** At most one problem, with the block that would be right. */
function outside(podCidr: Cidr, nodes: readonly Ranged[]): Problem[] {
  const known = nodes.flatMap(({ node, range }) => (range === undefined ? [] : [{ node, range }]));
  const others = known.filter(({ range }) => !contains(podCidr, range));
  if (others.length === 0) return [];
  const all = enclosing(known.map(({ range }) => range));
  const named = others.map(({ node, range }) => `${node} has ${range}`).join(", ");
  return [
    {
      path: "network.podCidr",
      message: `must be the pod range of the cluster, which contains those of its nodes: ${named}; the smallest block with all of them is ${all}`,
      got: podCidr,
    },
  ];
}

function crowded({ node, range, pods }: Ranged): Problem[] {
  if (range === undefined) return [];
  const fits = addressesIn(range);
  if (pods <= fits) return [];
  return [
    {
      path: `node ${node}`,
      message: `must allow at most ${fits} pods, the addresses of its pod range ${range}: decrease maxPods of its kubelet, or give it a /${prefixFor(pods)}`,
      got: pods,
    },
  ];
}

function tooMany(podCidr: Cidr, nodes: readonly Ranged[]): Problem[] {
  const pods = nodes.reduce((sum, node) => sum + node.pods, 0);
  const fits = addressesIn(podCidr);
  if (pods <= fits) return [];
  const largest = Math.max(...nodes.map((node) => node.pods));
  const room = Math.floor(fits / largest);
  return [
    {
      path: "network.podCidr",
      message: `must be a /${prefixFor(pods)} at least: the nodes allow ${pods} pods, and this range has ${fits} addresses, enough for ${room} ${room === 1 ? "node" : "nodes"} with ${largest} pods; or decrease maxPods of their kubelets`,
      got: podCidr,
    },
  ];
}

/** The prefix of the smallest block with this many addresses. */
function prefixFor(addresses: number): number {
  return 32 - Math.ceil(Math.log2(addresses));
}

/** A quantity such as `110` or `1k`; 0 if it is none. */
function countOf(quantity = "0"): number {
  const [, digits, suffix = ""] = /^(\d+(?:\.\d+)?)(k|M|m)?$/.exec(quantity) ?? [];
  const factor = { "": 1, k: 1_000, M: 1_000_000, m: 0.001 }[suffix] ?? 1;
  return Math.floor(Number(digits ?? 0) * factor);
}
