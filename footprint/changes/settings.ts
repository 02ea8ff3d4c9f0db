/** The checked settings of a stack, which it publishes so that the next change can be compared with what is deployed. Pure. */
import { z } from "zod";
import type { Problem } from "../../components/core/errors.ts";
import type { Changes } from "../../components/section/changes.ts";
import { isSupported, type Section } from "../../components/section/section.ts";
import type { Cell, Footprint } from "../model.ts";
import { specInstances } from "../specs/instances.ts";
import { cellFieldChanges, cellFields } from "./cell-fields.ts";
import { type Comparison, compare, type Loss } from "./compare.ts";

const settings = z.record(z.string(), z.unknown());

/** By the section's path in the manifest: `stream`, `caches.sessions`. */
export const deployedSettings = z.record(z.string(), settings);

export type DeployedSettings = z.output<typeof deployedSettings>;

/** The settings of a cell's sections, with defaults. A manifest has no secrets, only the keys of config values. */
export function settingsOf(
  cell: Pick<Cell, "cloud" | "specs">,
  registry: readonly Section[],
): DeployedSettings {
  const sections = Object.fromEntries(
    specInstances(cell, registry).flatMap(({ section, path, spec }) => {
      const { [cell.cloud]: on } = section.clouds;
      if (!isSupported(on) || on.changes === undefined) return [];
      const values = spec as Readonly<Record<string, unknown>>;
      if (on.entries !== undefined) return [[path, plain(values[on.entries])] as const];
      const names = Object.keys(on.settings?.shape ?? {});
      const own = Object.fromEntries(names.map((name) => [name, values[name]]));
      return [[path, plain(own)] as const];
    }),
  );
  const fields = Object.keys(cellFieldChanges).map((name) => [name, byName(cell)[name]]);
  return { [cellFields]: plain(Object.fromEntries(fields)), ...sections };
}

function byName(value: object): Readonly<Record<string, unknown>> {
  return value as Readonly<Record<string, unknown>>;
}

/** As JSON has it: without settings that are undefined. */
function plain(value: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value ?? {})) as Record<string, unknown>;
}

/** The settings of an environment's sections, with defaults. */
export function environmentSettingsOf({
  environment,
  environmentSections,
}: Pick<Footprint, "environment" | "environmentSections">): DeployedSettings {
  const byName = environment as unknown as Readonly<Record<string, unknown>>;
  const specs = environment.specs as unknown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    environmentSections.flatMap(({ name, changes, compared }) => {
      const own = byName[name];
      if (changes === undefined || own === undefined) return [];
      return [[name, plain(compared ? compared(own as never, specs[name] as never) : own)]];
    }),
  );
}

/** What the change from the deployed settings to the environment's would refuse or lose. */
export function environmentChangesOf(
  deployed: DeployedSettings,
  footprint: Pick<Footprint, "environment" | "environmentSections">,
): Comparison {
  const tables = footprint.environmentSections.map(({ name, changes }) => [name, changes] as const);
  return compareAll(
    deployed,
    environmentSettingsOf(footprint),
    (path) => tables.find(([name]) => name === path)?.[1],
  );
}

/** What the change from the deployed settings to the cell's would refuse or lose. */
export function changesOf(
  deployed: DeployedSettings,
  cell: Pick<Cell, "cloud" | "specs">,
  registry: readonly Section[],
): Comparison {
  return compareAll(deployed, settingsOf(cell, registry), (path) => {
    if (path === cellFields) return cellFieldChanges;
    const [field = ""] = path.split(".");
    const section = registry.find(({ name, plural }) => [name, plural].includes(field));
    const on = section?.clouds[cell.cloud];
    return on && isSupported(on) ? on.changes : undefined;
  });
}

function compareAll(
  deployed: DeployedSettings,
  wanted: DeployedSettings,
  tableOf: (path: string) => Changes | undefined,
): Comparison {
  const refusals: Problem[] = [];
  const losses: Loss[] = [];
  for (const [path, before] of Object.entries(deployed)) {
    const table = tableOf(path);
    if (table === undefined) continue;
    const after = wanted[path];
    if (after === undefined) {
      losses.push({ path, loses: "everything that the section deployed" });
      continue;
    }
    const found = compare(table, path === cellFields ? "" : path, before, after);
    refusals.push(...found.refusals);
    losses.push(...found.losses);
  }
  return { refusals, losses };
}
