/** The kinds of manifests. A manifest is plain data, and is checked before any resource is registered. */
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import type { Section } from "../../components/section/section.ts";
import { type CellManifest, cellSchema } from "./cell.ts";
import { type EnvironmentManifest, environmentSchema } from "./environment.ts";
import { type TenantManifest, tenantSchema } from "./tenant.ts";

export const kinds = ["environment", "cell", "tenant"] as const;
export type Kind = (typeof kinds)[number];
export type Manifest = EnvironmentManifest | CellManifest | TenantManifest;

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
    tenant: tenantSchema(),
  } as const;
}
