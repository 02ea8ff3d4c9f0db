/** How cells reach each other: planned from the environment's manifest and its cells. Pure. */

import type { ConnectedCell } from "../../components/connectivity/matrix.ts";
import { planConnectivity } from "../../components/connectivity/plan.ts";
import { connectivityProblems } from "../../components/connectivity/problems.ts";
import type { Problem } from "../../components/core/errors.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import type { CellsRead, Connected, EnvironmentManifest, PlacedEnvironment } from "../model.ts";
import { namesOf, needsOf } from "./names.ts";

/** Problems of the section as a whole; none without a section. */
export function connectivityFindings(
  settings: EnvironmentManifest["connectivity"],
  { names, placed }: CellsRead,
  file: string,
): Problem[] {
  // The section may refer to a cell whose own name is invalid.
  if (settings === undefined || !names.every((name) => nameSchema.safeParse(name).success))
    return [];
  const unread = names.filter((name) => !placed.some((cell) => cell.name === name));
  return connectivityProblems(settings, placed satisfies readonly ConnectedCell[], file, {
    unread,
  });
}

/**
 * The plan of the reachability matrix and of what private names need; undefined without a matrix: cells are then isolated. Adds
 * problems of both together to `problems`. Omits cells that could not be read.
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

/** Keys of secrets that the environment's stack must have, by the fields that refer to them. */
export function connectivitySecrets(
  settings: EnvironmentManifest["connectivity"],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings?.gateways ?? {}).flatMap(([site, { presharedKey }]) =>
      presharedKey ? [[`connectivity.gateways.${site}.presharedKey`, presharedKey.configKey]] : [],
    ),
  );
}
