/** Builds a stack's resources from its name. */

import type { StackRun } from "../components/core/component.ts";
import type { EnvironmentSection } from "../components/section/environment-section.ts";
import type { Section } from "../components/section/section.ts";
import { sectionsWith } from "../components/sections.ts";
import { configDirectory } from "../footprint/files/config-files.ts";
import { isTenantFile } from "../footprint/files/kind.ts";
import { loadFootprint } from "../footprint/load.ts";
import { environmentRegistry } from "../footprint/manifest/environment.ts";
import type { Cell, Footprint, Tenant } from "../footprint/model.ts";
import { loadTenant } from "../footprint/tenants/of-stack.ts";
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
  const registry = sectionsWith(own);
  const environments = environmentRegistry(ofEnvironments);
  const footprint = isTenantFile(configDir, stack)
    ? loadTenant(configDir, stack, registry, environments)
    : loadFootprint(configDir, stack, registry, environments);
  const retain = footprint.environment.lifetime === "permanent" && !protectionLifted();
  const cell = footprint.cells.find((candidate) => candidate.stack === stack);
  const tenant = footprint.tenants.find((candidate) => candidate.stack === stack);
  const { hooks: file } = cell ?? tenant ?? footprint.environment;
  const hooks = file === undefined ? undefined : loadHooks(configDir, file);
  const run = { retain, ...(hooks && { hooks }) };
  const outputs = await outputsOf(footprint, run, cell, tenant);
  if (file !== undefined) hooks?.finish(file);
  return outputs;
}

/** Loads only what the kind of stack needs. */
async function outputsOf(
  footprint: Footprint,
  run: StackRun,
  cell: Cell | undefined,
  tenant: Tenant | undefined,
): Promise<Record<string, unknown>> {
  if (tenant) {
    const { tenantStack } = await import("./tenant/tenant.ts");
    return { tenant: await tenantStack(footprint, tenant, run) };
  }
  return cell
    ? { ...(await cellStack(footprint, cell, run)) }
    : { footprint: await environmentStack(footprint, run) };
}
