/** Whether the subnets of an existing VPC have addresses for the nodes and services of a cell. Pure. */
import type { Cidr } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import { type DataDemand, existingDataProblems, total } from "./data-demand.ts";
import { type NodeDemand, nodeProblems } from "./node-demand.ts";
import { awsNodesIn } from "./node-room.ts";

/** A subnet that the manifest names. */
interface ExistingSubnet {
  readonly kind: "private" | "isolated" | "public";
  readonly zone: string;
  /** Undefined if it was not found, which is a problem already. */
  readonly cidr: Cidr | undefined;
}

/** By the size of subnets: nodes and services of the cell already have some of their addresses. */
export function roomProblems(
  subnets: readonly ExistingSubnet[],
  demand: NodeDemand,
  services: DataDemand,
): Problem[] {
  const isolated = subnets.flatMap(({ kind, zone, cidr }) =>
    kind === "isolated" && cidr !== undefined
      ? [{ path: `existing.subnets.${zone}.${kind}`, cidr }]
      : [],
  );
  return [
    ...nodeRoomProblems(subnets, demand, services),
    ...existingDataProblems(isolated, services),
  ];
}

function nodeRoomProblems(
  subnets: readonly ExistingSubnet[],
  demand: NodeDemand,
  services: DataDemand,
): Problem[] {
  const named = subnets.filter(({ kind }) => kind === "private");
  const cidrs = named.flatMap(({ cidr }) => cidr ?? []);
  if (cidrs.length < named.length) return [];
  // Without isolated subnets, services are in the private ones.
  const shared = subnets.every(({ kind }) => kind !== "isolated");
  const fits = awsNodesIn(cidrs, { addresses: shared ? total(services) : 0 });
  return nodeProblems(demand, { where: "the private subnets", fits });
}
