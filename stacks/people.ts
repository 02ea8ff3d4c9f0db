/** How people reach what is private: what the environment's manifest says of it, planned with what its cells have. Pure. */
import type { Problem } from "../components/core/errors.ts";
import { type PeopleCell, planPeople, type Reached } from "../components/people-access/plan.ts";
import { peopleProblems } from "../components/people-access/problems.ts";
import type { PeopleSettings } from "../components/people-access/schema.ts";
import type { EnvironmentManifest } from "./environment-manifest.ts";
import type { CellsRead } from "./environment-specs.ts";
import type { PlacedCell } from "./footprint.ts";
import { nameSchema } from "./manifest-fields.ts";

/** An environment whose manifest lets people in. */
export interface People {
  readonly settings: PeopleSettings;
  /** Cells to what people reach in them. */
  readonly reached: Readonly<Record<string, Reached>>;
}

/** Undefined where nobody is let in. */
export function peopleOf(
  settings: EnvironmentManifest["people"],
  cells: readonly PlacedCell[],
): People | undefined {
  return settings && { settings, reached: planPeople(settings, cells.map(peopleCell)) };
}

/** What is wrong between the section and the cells; of a cell that could not be read nobody knows what it has. */
export function peopleFindings(
  settings: EnvironmentManifest["people"],
  { names, placed }: CellsRead,
  file: string,
): Problem[] {
  // A cell whose own name is wrong may be the one that is meant.
  if (settings === undefined || !names.every((name) => nameSchema.safeParse(name).success))
    return [];
  const unread = names.filter((name) => !placed.some((cell) => cell.name === name));
  return peopleProblems(settings, placed.map(peopleCell))
    .filter(({ got }) => !unread.some((name) => name === got))
    .map((problem) => ({ ...problem, path: `${file}: people.${problem.path}` }));
}

/** Keys of secrets that the environment's stack has to hold, by the fields that name them. */
export function peopleSecrets(settings: EnvironmentManifest["people"]): Record<string, string> {
  const users = settings?.aws?.users;
  return users?.type === "oidc"
    ? { "people.aws.users.clientSecret": users.clientSecret.configKey }
    : {};
}

function peopleCell(cell: PlacedCell): PeopleCell {
  const { name, cloud, database } = cell;
  const dashboards = cell.cloud === "onprem" ? [] : Object.keys(cell.people?.dashboards ?? {});
  return { name, cloud, database: database !== undefined, dashboards };
}
