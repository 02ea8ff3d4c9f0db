/** How the cells of an environment reach each other, as a section of its manifest. */

import type { Problem } from "../core/errors.ts";
import { nameSchema } from "../core/stack-name.ts";
import {
  defineEnvironmentSection,
  type EnvironmentContext,
  unreadCells,
} from "../section/environment-section.ts";
import { connectivityChanges } from "./changes.ts";
import { firewallProblems } from "./firewall-problems.ts";
import { type Needs, passages } from "./matrix.ts";
import type { Connected } from "./model.ts";
import { hubOutputs } from "./outputs.ts";
import { planConnectivity } from "./plan.ts";
import { connectivityProblems } from "./problems.ts";
import { type ConnectivitySettings, connectivitySettings } from "./schema.ts";

type Settings = ConnectivitySettings | undefined;

export const connectivity = defineEnvironmentSection({
  name: "connectivity",
  page: "components/connectivity",
  about: "How its cells reach each other; they are isolated without it.",
  settings: connectivitySettings,
  changes: connectivityChanges,
  check: matrixProblems,
  plan: connected,
  logRetention: [["logs", "retentionDays"]],
  configKeys: ({ gateways }: ConnectivitySettings) =>
    Object.fromEntries(
      Object.entries(gateways).map(([site, { presharedKey }]) => [
        `gateways.${site}.presharedKey`,
        presharedKey?.configKey,
      ]),
    ),
  build: () => import("./environment.ts"),
  outputs: hubOutputs,
  outputsOf: (built: unknown) => built,
});

/** Problems of the section as a whole. */
function matrixProblems(settings: Settings, environment: EnvironmentContext): Problem[] {
  const { names, cells, file } = environment;
  const matrix = passages(settings?.reachability ?? []);
  const firewalls = firewallProblems(cells, matrix);
  // The section may refer to a cell whose own name is invalid.
  if (settings === undefined || !names.every((name) => nameSchema.safeParse(name).success))
    return firewalls;
  return [
    ...firewalls,
    ...connectivityProblems(settings, cells, file, { unread: unreadCells(environment) }),
  ];
}

/**
 * The plan of the reachability matrix and of what other sections need. Adds problems of both together. Omits cells that could not
 * be read.
 */
function connected(
  written: Settings,
  environment: EnvironmentContext,
  problems: Problem[],
): Connected | undefined {
  if (written === undefined) return undefined;
  const { cells, file } = environment;
  const settings = withoutCells(written, unreadCells(environment));
  const needed = environment.contributed("connectivity") as readonly Needs[];
  const needs = {
    lines: needed.flatMap(({ lines }) => lines),
    places: needed.flatMap(({ places }) => places),
  };
  const matrix = passages([...settings.reachability, ...needs.lines]);
  const found = [
    ...firewallProblems(cells, matrix),
    ...connectivityProblems(settings, cells, file, { needs }),
  ];
  problems.push(...found);
  return found.length > 0
    ? undefined
    : { settings, plan: planConnectivity(settings, cells, needs) };
}

function withoutCells(
  settings: ConnectivitySettings,
  unread: readonly string[],
): ConnectivitySettings {
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
