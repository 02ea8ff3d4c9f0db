/** From a stack's name to its resources. */

import { configDirectory, environmentOf } from "../footprint/files/config-files.ts";
import { loadFootprint } from "../footprint/load.ts";
import { cellStack } from "./cell/cell.ts";
import { protectionLifted } from "./config.ts";
import { environmentStack } from "./environment/environment.ts";

/** Builds the stack of this name and returns its outputs. */
export async function runStack(stack: string): Promise<Record<string, unknown>> {
  const footprint = loadFootprint(configDirectory(), environmentOf(stack));
  const retain = footprint.environment.lifetime === "permanent" && !protectionLifted();
  const cell = footprint.cells.find((candidate) => candidate.stack === stack);
  return cell
    ? { cell: await cellStack(footprint, cell, retain) }
    : { footprint: await environmentStack(footprint, retain) };
}
