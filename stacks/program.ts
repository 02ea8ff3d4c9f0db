/** Builds a stack's resources from its name. */

import type { EnvironmentSection } from "../components/section/environment-section.ts";
import type { Section } from "../components/section/section.ts";
import { sectionsWith } from "../components/sections.ts";
import { configDirectory } from "../footprint/files/config-files.ts";
import { loadFootprint } from "../footprint/load.ts";
import { environmentRegistry } from "../footprint/manifest/environment.ts";
import { cellStack } from "./cell/cell.ts";
import { protectionLifted } from "./config.ts";
import { environmentStack } from "./environment/environment.ts";
import { loadHooks } from "./hooks.ts";

/**
 * Builds the stack with this name and returns its outputs.
 *
 * @param own sections of cells besides Atoll's
 * @param ofEnvironments sections of environments besides Atoll's
 */
export async function runStack(
  stack: string,
  own: readonly Section[] = [],
  ofEnvironments: readonly EnvironmentSection[] = [],
): Promise<Record<string, unknown>> {
  const configDir = configDirectory();
  const footprint = loadFootprint(
    configDir,
    stack,
    sectionsWith(own),
    environmentRegistry(ofEnvironments),
  );
  const retain = footprint.environment.lifetime === "permanent" && !protectionLifted();
  const cell = footprint.cells.find((candidate) => candidate.stack === stack);
  const { hooks: file } = cell ?? footprint.environment;
  const hooks = file === undefined ? undefined : loadHooks(configDir, file);
  const run = { retain, ...(hooks && { hooks }) };
  const outputs = cell
    ? { cell: await cellStack(footprint, cell, run) }
    : { footprint: await environmentStack(footprint, run) };
  if (file !== undefined) hooks?.finish(file);
  return outputs;
}
