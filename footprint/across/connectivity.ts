/** How cells reach each other: what the environment's manifest says of it, planned with what its cells are. Pure. */

import type { ConnectedCell } from "../../components/connectivity/matrix.ts";
import { planConnectivity } from "../../components/connectivity/plan.ts";
import { connectivityProblems } from "../../components/connectivity/problems.ts";
import type { Problem } from "../../components/core/errors.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import type { CellsRead, Connected, EnvironmentManifest, PlacedEnvironment } from "../model.ts";
import { namesOf, needsOf } from "./names.ts";

/** What is wrong with the section as a whole; nothing is said of an environment without one. */
export function connectivityFindings(
  settings: EnvironmentManifest["connectivity"],
  { names, placed }: CellsRead,
  file: string,
): Problem[] {
  // A cell whose own name is wrong may be the one that is meant.
  if (settings === undefined || !names.every((name) => nameSchema.safeParse(name).success))
    return [];
  const unread = names.filter((name) => !placed.some((cell) => cell.name === name));
  return connectivityProblems(settings, placed satisfies readonly ConnectedCell[], file, {
    unread,
  });
}

/**
 * The plan of what the matrix says and of what names need of it; undefined without a matrix: then cells are apart from each other.
 * What is wrong with both together is added to `problems`. Cells that could not be read are not in it.
 */
export function connectivityOf(
  environment: PlacedEnvironment,
  { names, placed }: CellsRead,
  file: string,
  problems: Problem[],
): Connected | undefined {
  if (environment.connectivity === undefined) return undefined;
  const unread = names.filter((name) => !placed.some((cell) => cell.name === name));
  const settings = withoutCells(environment.connectivity, unread);
  const needs = needsOf(namesOf(environment, placed));
  const found = connectivityProblems(settings, placed, file, { needs });
  problems.push(...found);
  return found.length > 0
    ? undefined
    : { settings, plan: planConnectivity(settings, placed, needs) };
}

function withoutCells(
  settings: NonNullable<EnvironmentManifest["connectivity"]>,
  unread: readonly string[],
): NonNullable<EnvironmentManifest["connectivity"]> {
  if (unread.length === 0) return settings;
  const { reachability, gateways } = settings;
  return {
    ...settings,
    reachability: reachability.filter(
      ({ from, to }) => ![from, to].some((it) => unread.includes(it)),
    ),
    gateways: Object.fromEntries(
      Object.entries(gateways).filter(([name]) => !unread.includes(name)),
    ),
  };
}

/** Keys of secrets that the environment's stack has to hold, by the fields that name them. */
export function connectivitySecrets(
  settings: EnvironmentManifest["connectivity"],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings?.gateways ?? {}).flatMap(([site, { presharedKey }]) =>
      presharedKey ? [[`connectivity.gateways.${site}.presharedKey`, presharedKey.configKey]] : [],
    ),
  );
}
