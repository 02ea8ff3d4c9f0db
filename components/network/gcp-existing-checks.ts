/** Whether an existing VPC network meets the requirements of a cell. Pure. */
import { contains, prefixOf } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import { type LookedUp, problemsOfLookup } from "../core/existing.ts";
import type { GcpExistingNetworkSpec } from "./gcp-existing-schema.ts";
import { type NodeDemand, nodeProblems } from "./node-demand.ts";
import { gcpNodesIn } from "./node-room.ts";

export interface GcpNetworkFacts {
  readonly network: LookedUp<{ readonly id: string; readonly selfLink: string }>;
  readonly subnetwork: LookedUp<{
    readonly id: string;
    readonly selfLink: string;
    /** Self link of its network. */
    readonly network: string;
    readonly cidr: string;
    readonly privateGoogleAccess: boolean;
    /** Secondary ranges by their names. */
    readonly ranges: Readonly<Record<string, string>>;
  }>;
}

type Subnetwork = Extract<GcpNetworkFacts["subnetwork"], { facts: unknown }>["facts"];

/**
 * The sizes that Atoll plans in the smallest block of a cell, a /20. Pods: GKE gives a node of 64 pods a /25, so a /21 has room for 16
 * nodes. Services: a /24 has 256.
 */
const largestPrefixes = { nodes: 24, pods: 21, services: 24 } as const;

export function gcpNetworkProblems(
  spec: GcpExistingNetworkSpec,
  { network, subnetwork }: GcpNetworkFacts,
  demand: NodeDemand = { nodes: 0 },
): readonly Problem[] {
  return [
    ...problemsOfLookup("existing.network", "a VPC network", network, () => []),
    ...problemsOfLookup("existing.subnetwork", "a subnetwork", subnetwork, (seen) => [
      ...subnetworkProblems(spec, seen),
      ...rangeProblems(spec, seen),
      ...roomProblems(spec, seen, demand),
    ]),
  ];
}

function subnetworkProblems(
  { project, cidr, existing }: GcpExistingNetworkSpec,
  seen: Subnetwork,
): Problem[] {
  const path = "existing.subnetwork";
  if (!seen.network.endsWith(`projects/${project}/global/networks/${existing.network}`)) {
    return [{ path, message: `must be a subnetwork of ${existing.network}`, got: seen.network }];
  }
  const problems: Problem[] = [];
  if (!contains(cidr, seen.cidr)) {
    problems.push({ path, message: `must be in the cell's block ${cidr}`, got: seen.cidr });
  }
  problems.push(...sizeProblems(path, "nodes", seen.cidr));
  if (!seen.privateGoogleAccess) {
    problems.push({
      path,
      message:
        "must have Private Google Access enabled: nodes have no public addresses, and pull images through it",
      got: false,
    });
  }
  return problems;
}

function rangeProblems(
  { cidr, existing }: GcpExistingNetworkSpec,
  { ranges }: Subnetwork,
): Problem[] {
  const named = { podRange: existing.podRange, serviceRange: existing.serviceRange } as const;
  return Object.entries(named).flatMap(([field, name]) => {
    const path = `existing.${field}`;
    const range = ranges[name];
    if (range === undefined) {
      const names = Object.keys(ranges);
      const cure = names.length > 0 ? `it has ${names.join(", ")}` : "it has none";
      return [
        {
          path,
          message: `must be a secondary range of ${existing.subnetwork}: ${cure}`,
          got: name,
        },
      ];
    }
    if (field === "serviceRange") return sizeProblems(path, "services", range);
    const outside = contains(cidr, range)
      ? []
      : [{ path, message: `must be in the cell's block ${cidr}`, got: range }];
    return [...outside, ...sizeProblems(path, "pods", range)];
  });
}

function roomProblems(
  { existing }: GcpExistingNetworkSpec,
  { cidr, ranges }: Subnetwork,
  demand: NodeDemand,
): readonly Problem[] {
  const pods = ranges[existing.podRange];
  if (pods === undefined) return [];
  const where = `${existing.subnetwork} with ${existing.podRange}`;
  return nodeProblems(demand, { where, fits: gcpNodesIn({ nodes: cidr, pods }) });
}

function sizeProblems(path: string, use: keyof typeof largestPrefixes, got: string): Problem[] {
  const largest = largestPrefixes[use];
  if (prefixOf(got) <= largest) return [];
  return [{ path, message: `must be at least a /${largest} for ${use}`, got }];
}
