/** What a stack's config may say. A manifest is plain data; everything in it is checked before anything is registered. */
import { type CellManifest, cellSchema } from "./cell.ts";
import { type EnvironmentManifest, environmentSchema } from "./environment.ts";

/** One line a kind; `kind` decides which schema a manifest is checked by. */
export const manifestSchemas = { environment: environmentSchema, cell: cellSchema } as const;

export type Kind = keyof typeof manifestSchemas;
export type Manifest = EnvironmentManifest | CellManifest;
