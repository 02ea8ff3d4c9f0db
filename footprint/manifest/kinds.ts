/** The kinds of manifests. A manifest is plain data, and is checked before any resource is registered. */
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import type { Section } from "../../components/section/section.ts";
import { type CellManifest, cellSchema } from "./cell.ts";
import { type EnvironmentManifest, environmentSchema } from "./environment.ts";

export const kinds = ["environment", "cell"] as const;
export type Kind = (typeof kinds)[number];
export type Manifest = EnvironmentManifest | CellManifest;

/**
 * The schema of a manifest, by its `kind`.
 *
 * @param registry the sections of cells
 * @param ofEnvironments the sections of environments. @default Atoll's own
 */
export function manifestSchemas(
  registry: readonly Section[],
  ofEnvironments?: readonly EnvironmentSection[],
) {
  return {
    environment: environmentSchema(ofEnvironments),
    cell: cellSchema(registry),
  } as const;
}
