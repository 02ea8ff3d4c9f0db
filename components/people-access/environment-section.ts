/** How people reach private endpoints of an environment's cells, as a section of its manifest. */

import { z } from "zod";
import type { Problem } from "../core/errors.ts";
import { nameSchema } from "../core/stack-name.ts";
import {
  defineEnvironmentSection,
  type EnvironmentCell,
  type EnvironmentContext,
  unreadCells,
} from "../section/environment-section.ts";
import { peopleChanges } from "./changes.ts";
import { type People, type PeopleCell, planPeople } from "./plan.ts";
import { peopleProblems } from "./problems.ts";
import { type PeopleSettings, peopleSettings } from "./schema.ts";

type Cell = EnvironmentCell & {
  readonly people?: { readonly dashboards?: Readonly<Record<string, unknown>> } | undefined;
};
type Environment = Omit<EnvironmentContext, "cells"> & { readonly cells: readonly Cell[] };
type Settings = PeopleSettings | undefined;

const outputs = z.object({
  /** Verified Access instance ids by target id. */
  doors: z.record(z.string(), z.string()),
  /** Name servers, by target id, to delegate the client domain to. */
  nameServers: z.record(z.string(), z.array(z.string())).default({}),
});

export const people = defineEnvironmentSection({
  name: "people",
  page: "components/people-access",
  about: "How people reach private endpoints of its cells; they have no access without it.",
  settings: peopleSettings,
  changes: peopleChanges,
  check: accessProblems,
  plan: (settings: Settings, { cells }: Environment): People | undefined =>
    settings && { settings, reached: planPeople(settings, cells.map(peopleCell)) },
  logRetention: [["aws", "retentionDays"]],
  configKeys: ({ aws }: PeopleSettings) => ({
    "aws.users.clientSecret":
      aws?.users.type === "oidc" ? aws.users.clientSecret.configKey : undefined,
  }),
  build: () => import("./environment.ts"),
  outputs,
  outputsOf: (built: unknown) => built,
});

/** Problems between the section and the cells. Cells that could not be read are not checked. */
function accessProblems(settings: Settings, environment: Environment): Problem[] {
  const { names, cells, file } = environment;
  // The section may refer to a cell whose own name is invalid.
  if (settings === undefined || !names.every((name) => nameSchema.safeParse(name).success))
    return [];
  const unread = unreadCells(environment);
  return peopleProblems(settings, cells.map(peopleCell))
    .filter(({ got }) => !unread.some((name) => name === got))
    .map((problem) => ({ ...problem, path: `${file}: people.${problem.path}` }));
}

/** What the plan needs of a cell. */
export function peopleCell({ name, cloud, sections, people }: Omit<Cell, "file">): PeopleCell {
  const dashboards = cloud === "onprem" ? [] : Object.keys(people?.dashboards ?? {});
  return { name, cloud, database: sections.database !== undefined, dashboards };
}
