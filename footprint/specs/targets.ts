/** The accounts, projects and sites that the cells of an environment are in. Pure. */

import { type RegionalCloud, regionProblem } from "../../components/core/cloud.ts";
import type { Problem } from "../../components/core/errors.ts";
import type { CellManifest, PlacedCell, Targets } from "../model.ts";

export function targetsOf(cells: readonly CellManifest[]): Targets {
  const aws = cells.filter((cell) => cell.cloud === "aws");
  const gcp = cells.filter((cell) => cell.cloud === "gcp");
  return {
    accounts: byPlace(
      Map.groupBy(aws, ({ account }) => account),
      (members) => ({
        regions: regionsOf(members),
      }),
    ),
    projects: byPlace(
      Map.groupBy(gcp, ({ project }) => project),
      (members) => ({
        projectNumber: members[0]?.projectNumber ?? "",
        regions: regionsOf(members),
      }),
    ),
    sites: cells.some(({ cloud }) => cloud === "onprem"),
  };
}

/** A project has one number. With a wrong one, keys would be granted to the service agents of another project. */
export function numberProblems(cells: readonly PlacedCell[]): Problem[] {
  const first = new Map<string, Extract<PlacedCell, { cloud: "gcp" }>>();
  return cells.flatMap((cell) => {
    if (cell.cloud !== "gcp") return [];
    const known = first.get(cell.project) ?? cell;
    first.set(cell.project, known);
    if (known.projectNumber === cell.projectNumber) return [];
    return {
      path: `Pulumi.${cell.stack}.yaml: projectNumber`,
      message: `must be "${known.projectNumber}" as in cell "${known.name}", which is in the same project`,
      got: cell.projectNumber,
    };
  });
}

/** Sorted by name, so that the order of cells makes no difference. */
function byPlace<T, U>(groups: Map<string, T[]>, summary: (members: T[]) => U): Record<string, U> {
  return Object.fromEntries(
    [...groups.keys()].sort().map((place) => [place, summary(groups.get(place) ?? [])]),
  );
}

/** Existing regions only: the cell itself reports any other. */
function regionsOf(cells: readonly { readonly cloud: RegionalCloud; readonly region: string }[]) {
  const sound = cells.filter(({ cloud, region }) => regionProblem(cloud, region) === undefined);
  return [...new Set(sound.map(({ region }) => region))].sort();
}
