/** The extensions of a repository: `atoll.config.ts` beside its Pulumi.yaml. */
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { BlueprintError } from "../components/core/errors.ts";
import type { Section } from "../components/section/section.ts";
import { sectionsWith } from "../components/sections.ts";
import { loadFootprint } from "../footprint/load.ts";
import type { Footprint } from "../footprint/model.ts";
import type { Project } from "./project.ts";

const names = ["atoll.config.ts", "atoll.config.js", "atoll.config.mjs"] as const;

/**
 * Reads an environment of a project, with Atoll's sections and the repository's own.
 *
 * @throws BlueprintError `project-invalid` for its configuration, `footprint-invalid` for its manifests
 */
export async function readFootprint(
  { root, configDir }: Pick<Project, "root" | "configDir">,
  environment: string,
): Promise<Footprint> {
  return loadFootprint(configDir, environment, await sectionsOf(root));
}

async function sectionsOf(root: string): Promise<readonly Section[]> {
  const file = names.map((name) => path.join(root, name)).find(existsSync);
  if (file === undefined) return sectionsWith([]);
  const config = await load(file);
  if (typeof config !== "object" || config === null)
    throw invalid(file, "must have a default export: `export default defineConfig({})`");
  const { sections = [] } = config as { readonly sections?: readonly Section[] };
  return sectionsWith(sections);
}

async function load(file: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(file).href)) as { readonly default?: unknown }).default;
  } catch (error) {
    if (error instanceof BlueprintError) throw error;
    throw invalid(
      file,
      `cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function invalid(file: string, message: string): BlueprintError {
  return new BlueprintError("project-invalid", "the project cannot be used:", [
    { path: file, message },
  ]);
}
