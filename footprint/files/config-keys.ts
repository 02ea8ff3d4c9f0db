/** Values that a manifest only names: secrets stand beside it in the stack's config, where no schema of the manifest sees them. */

import type { Problem } from "../../components/core/errors.ts";
import type { Section } from "../../components/section/section.ts";
import type { Cell } from "../model.ts";
import { specInstances } from "../specs/instances.ts";
import type { StackConfig } from "./config-files.ts";

/** The values that a cell names and that are not there. */
export function missingConfig(
  cell: Cell,
  registry: readonly Section[],
  file: string,
  config: StackConfig,
): Problem[] {
  return missingValues(configKeys(cell, registry), file, config);
}

/** The values that are not there, of keys by the fields that name them. */
export function missingValues(
  keys: Readonly<Record<string, string>>,
  file: string,
  config: StackConfig,
): Problem[] {
  return Object.entries(keys).flatMap(([field, key]) => {
    const name = `atoll:${key}`;
    if (config.has(name)) return [];
    return {
      path: `${file}: config`,
      message: `must hold ${name}, which ${field} names: set it with \`pulumi config set --secret ${name}\``,
    };
  });
}

/** The keys by the fields that name them. */
function configKeys(cell: Cell, registry: readonly Section[]): Record<string, string> {
  const keys = specInstances(cell, registry).flatMap(({ section, path, spec }) =>
    Object.entries(section.configKeys?.(spec as never) ?? {}).flatMap(([field, key]) =>
      key === undefined ? [] : [[`${path}.${field}`, key] as const],
    ),
  );
  return Object.fromEntries(keys);
}
