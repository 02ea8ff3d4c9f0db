/** The facts of a cell that refers to an existing cluster. Other cells have none. Pure. */
import type { Problem } from "../core/errors.ts";
import { network } from "../network/section.ts";
import type { AwsCell, CellContext, GcpCell, SectionCell } from "../section/cell.ts";
import type { CheckedCell } from "../section/section.ts";

export function awsExistingFacts(cell: AwsCell, { neighbours }: CellContext) {
  if (existingIn(cell, "cluster") === undefined) return {};
  return {
    vpcId: existingIn(cell, "network")?.vpcId,
    otherCells: neighbours.map(({ cidr }) => cidr),
    usedBy: othersOf(cell, neighbours),
  };
}

export function gcpExistingFacts(cell: GcpCell, { neighbours }: CellContext) {
  if (existingIn(cell, "cluster") === undefined) return {};
  return { network: existingIn(cell, "network") ?? {}, usedBy: othersOf(cell, neighbours) };
}

/** The network of an existing cluster exists as well. */
export function needsExistingNetwork(
  { existing }: { readonly existing?: unknown },
  cell: CheckedCell,
): Problem[] {
  const built = cell.spec(network);
  if (existing === undefined || (built && "existing" in built && built.existing)) return [];
  const message = "is supported only with network.existing: the network of the cluster exists too";
  return [{ path: "cluster.existing", message }];
}

/** The strings in `existing` of a section. Its own schema reports other values. */
function existingIn(
  { sections }: SectionCell,
  section: "network" | "cluster",
): Readonly<Record<string, string>> | undefined {
  const written = sections[section]?.existing;
  if (typeof written !== "object" || written === null) return undefined;
  return Object.fromEntries(Object.entries(written).filter(([, is]) => typeof is === "string"));
}

/** The other cells that refer to the same cluster. */
function othersOf(cell: AwsCell | GcpCell, neighbours: readonly SectionCell[]): string[] {
  const own = clusterOf(cell);
  return neighbours.filter((other) => clusterOf(other) === own).map(({ name }) => name);
}

function clusterOf(cell: SectionCell): string | undefined {
  const existing = existingIn(cell, "cluster");
  if (existing?.name === undefined || cell.cloud === "onprem") return undefined;
  const owner = cell.cloud === "aws" ? cell.account : cell.project;
  return [cell.cloud, owner, existing.location ?? cell.region, existing.name].join("/");
}
