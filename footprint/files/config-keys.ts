/** Config values that a manifest refers to by key: secrets are in the stack's config, not in the manifest. */

import type { Problem } from "../../components/core/errors.ts";
import type { Section } from "../../components/section/section.ts";
import type { Cell } from "../model.ts";
import { specInstances } from "../specs/instances.ts";
import type { StackConfig } from "./config-files.ts";

/** Problems for missing config values that a cell refers to. */
export function missingConfig(
  cell: Cell,
  registry: readonly Section[],
  file: string,
  config: StackConfig,
): Problem[] {
  return missingValues(configKeys(cell, registry), file, config);
}

/** Problems for missing config values; `keys` are by the fields that refer to them. */
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
      message: `must have ${name}, which ${field} refers to: set it with \`pulumi config set --secret ${name}\``,
    };
  });
}

/** The keys, by the fields that refer to them. */
function configKeys(cell: Cell, registry: readonly Section[]): Record<string, string> {
  const keys = specInstances(cell, registry).flatMap(({ section, path, spec }) =>
    Object.entries(section.configKeys?.(spec as never) ?? {}).flatMap(([field, key]) =>
      key === undefined ? [] : [[`${path}.${field}`, key] as const],
    ),
  );
  return Object.fromEntries(keys);
}
