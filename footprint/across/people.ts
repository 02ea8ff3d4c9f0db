/** How people reach private endpoints: planned from the environment's manifest and its cells. Pure. */

import type { Problem } from "../../components/core/errors.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import { type PeopleCell, planPeople } from "../../components/people-access/plan.ts";
import { peopleProblems } from "../../components/people-access/problems.ts";
import type { CellsRead, EnvironmentManifest, People, PlacedCell } from "../model.ts";

/** Undefined where people have no access. */
export function peopleOf(
  settings: EnvironmentManifest["people"],
  cells: readonly PlacedCell[],
): People | undefined {
  return settings && { settings, reached: planPeople(settings, cells.map(peopleCell)) };
}

/** Problems between the section and the cells. Cells that could not be read are not checked. */
export function peopleFindings(
  settings: EnvironmentManifest["people"],
  { names, placed }: CellsRead,
  file: string,
): Problem[] {
  // The section may refer to a cell whose own name is invalid.
  if (settings === undefined || !names.every((name) => nameSchema.safeParse(name).success))
    return [];
  const unread = names.filter((name) => !placed.some((cell) => cell.name === name));
  return peopleProblems(settings, placed.map(peopleCell))
    .filter(({ got }) => !unread.some((name) => name === got))
    .map((problem) => ({ ...problem, path: `${file}: people.${problem.path}` }));
}

/** Keys of secrets that the environment's stack must have, by the fields that refer to them. */
export function peopleSecrets(settings: EnvironmentManifest["people"]): Record<string, string> {
  const users = settings?.aws?.users;
  return users?.type === "oidc"
    ? { "people.aws.users.clientSecret": users.clientSecret.configKey }
    : {};
}

export function peopleCell(cell: PlacedCell): PeopleCell {
  const { name, cloud, sections } = cell;
  const dashboards = cell.cloud === "onprem" ? [] : Object.keys(cell.people?.dashboards ?? {});
  return { name, cloud, database: sections.database !== undefined, dashboards };
}
