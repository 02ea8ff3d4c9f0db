/** How cells reach each other: what the environment's manifest says of it, planned with what its cells are. Pure. */

import type { ConnectedCell } from "../../components/connectivity/matrix.ts";
import { planConnectivity } from "../../components/connectivity/plan.ts";
import { connectivityProblems } from "../../components/connectivity/problems.ts";
import type { Problem } from "../../components/core/errors.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import type {
  CellsRead,
  Connected,
  EnvironmentManifest,
  PlacedCell,
  PlacedEnvironment,
} from "../model.ts";
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
 * What is wrong with both together is added to `problems`.
 */
export function connectivityOf(
  environment: PlacedEnvironment,
  cells: readonly PlacedCell[],
  file: string,
  problems: Problem[],
): Connected | undefined {
  const { connectivity: settings } = environment;
  if (settings === undefined) return undefined;
  const needs = needsOf(namesOf(environment, cells));
  const found = connectivityProblems(settings, cells, file, { needs });
  problems.push(...found);
  return found.length > 0
    ? undefined
    : { settings, plan: planConnectivity(settings, cells, needs) };
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
