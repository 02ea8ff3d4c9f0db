/** Problems between the settings of people's access and the cells, reported before anything is registered. */
import type { Problem } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { type Group, has, type PeopleCell } from "./plan.ts";
import type { PeopleSettings, Target } from "./schema.ts";

/** Paths are below `people` of the environment. */
export function peopleProblems(settings: PeopleSettings, cells: readonly PeopleCell[]): Problem[] {
  const groups = Object.entries(settings.groups);
  return [
    ...providerProblems(settings, cells),
    ...groups.flatMap(([name, group]) =>
      [
        ...unknownCells(group, cells),
        ...missingTargets(group, meantBy(group, cells)),
        ...missingIds(settings, group, cells),
      ].map((problem) => ({ ...problem, path: `groups.${name}.${problem.path}` })),
    ),
  ];
}

function meantBy(group: Group, cells: readonly PeopleCell[]): PeopleCell[] {
  return cells.filter(
    ({ cloud, name }) => cloud !== "onprem" && (group.cells?.includes(name) ?? true),
  );
}

/** The cells of a cloud in which a group reaches something, or this target. */
function reachedIn(
  cloud: PeopleCell["cloud"],
  group: Group,
  cells: readonly PeopleCell[],
  targets: readonly Target[] = group.reaches,
): string[] {
  return meantBy(group, cells)
    .filter((cell) => cell.cloud === cloud && targets.some((target) => has(cell, target)))
    .map(({ name }) => name);
}

function unknownCells({ cells: named = [] }: Group, cells: readonly PeopleCell[]): Problem[] {
  const known = new Map(cells.map((cell) => [cell.name, cell]));
  const reachable = cells.filter(({ cloud }) => cloud !== "onprem").map(({ name }) => name);
  return named.flatMap((got, index) => {
    const path = `cells[${index}]`;
    const cell = known.get(got);
    if (cell === undefined) {
      return [{ path, message: `no such cell${didYouMean(got, reachable)}`, got }];
    }
    if (cell.cloud !== "onprem") return [];
    const message =
      "must not be an on-premises cell, which has no access endpoint: use a cell on AWS or Google Cloud as the entry point, and allow it to reach this one in connectivity.reachability";
    return [{ path, message, got }];
  });
}

/** If a group names cells, each must have the target. Otherwise at least one cell must have it. */
function missingTargets({ reaches, cells }: Group, meant: readonly PeopleCell[]): Problem[] {
  return reaches.flatMap((target, index) => {
    const without = meant.filter((cell) => !has(cell, target)).map(({ name }) => name);
    if (without.length === 0 || (cells === undefined && without.length < meant.length)) return [];
    const section = target === "database" ? "database" : "people.dashboards";
    const message = `must be in its cells: ${without.join(", ")} ${without.length > 1 ? "have" : "has"} no section ${section}`;
    return [{ path: `reaches[${index}]`, message, got: target }];
  });
}

/** Missing trust providers are reported once, not for each group. */
function providerProblems(settings: PeopleSettings, cells: readonly PeopleCell[]): Problem[] {
  const groups = Object.entries(settings.groups);
  const needed = (path: string, reached: (group: Group) => readonly string[], what: string) => {
    const by = groups.filter(([, group]) => reached(group).length > 0).map(([name]) => name);
    const where = new Set(groups.flatMap(([, group]) => reached(group)));
    if (by.length === 0) return [];
    const who = `for ${by.join(", ")} in ${[...where].join(", ")}`;
    return [{ path, message: `is required: ${what}, ${who}; or name other cells there` }];
  };
  const { aws, google } = settings;
  return [
    ...(aws
      ? []
      : needed(
          "aws",
          (group) => reachedIn("aws", group, cells),
          "the trust providers for users and devices",
        )),
    ...(google
      ? []
      : needed(
          "google",
          (group) => reachedIn("gcp", group, cells),
          "the access policy that checks devices",
        )),
    ...(aws && aws.clientDomain === undefined
      ? needed(
          "aws.clientDomain",
          (group) => apisReached(group, cells, "aws"),
          "clients connect to clusters in a domain of yours",
        )
      : []),
    ...(google && google.organization === undefined
      ? needed(
          "google.organization",
          (group) => apisReached(group, cells),
          "the organisation checks devices that call Google APIs",
        )
      : []),
  ];
}

/** People reach a GKE cluster through a Google API. */
function apisReached(
  group: Group,
  cells: readonly PeopleCell[],
  cloud: PeopleCell["cloud"] = "gcp",
): string[] {
  return group.reaches.includes("cluster-api")
    ? reachedIn(cloud, group, cells, ["cluster-api"])
    : [];
}

/** Group ids that providers need in addition to the email address. */
function missingIds(
  { aws, google }: PeopleSettings,
  group: Group,
  cells: readonly PeopleCell[],
): Problem[] {
  const onAws = reachedIn("aws", group, cells);
  const onGoogle = apisReached(group, cells);
  const center = aws?.users.type === "identity-center";
  return [
    ...(center && onAws.length > 0 && group.identityCenterId === undefined
      ? [
          {
            path: "identityCenterId",
            message: `is required: IAM Identity Center identifies groups by id, for ${onAws.join(", ")}`,
          },
        ]
      : []),
    ...(google && onGoogle.length > 0 && group.googleId === undefined
      ? [
          {
            path: "googleId",
            message: `is required: access bindings of Google Cloud identify groups by id, for ${onGoogle.join(", ")}`,
          },
        ]
      : []),
  ];
}
