/** The kinds of manifests. A manifest is plain data, and is checked before any resource is registered. */
import type { Section } from "../../components/section/section.ts";
import { type CellManifest, cellSchema } from "./cell.ts";
import { type EnvironmentManifest, environmentSchema } from "./environment.ts";

export const kinds = ["environment", "cell"] as const;
export type Kind = (typeof kinds)[number];
export type Manifest = EnvironmentManifest | CellManifest;

/** The schema of a manifest, by its `kind`. */
export function manifestSchemas(registry: readonly Section[]) {
  return { environment: environmentSchema, cell: cellSchema(registry) } as const;
}
