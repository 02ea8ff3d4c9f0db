/** The extensions of a repository: `atoll.config.ts` beside its Pulumi.yaml. */
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { BlueprintError } from "../components/core/errors.ts";
import { didYouMean } from "../components/core/suggest.ts";
import type { EnvironmentSection } from "../components/section/environment-section.ts";
import type { Section } from "../components/section/section.ts";
import { sectionsWith } from "../components/sections.ts";
import { isTenantFile } from "../footprint/files/kind.ts";
import { loadFootprint } from "../footprint/load.ts";
import { environmentRegistry } from "../footprint/manifest/environment.ts";
import type { Cell, Footprint } from "../footprint/model.ts";
import { planSome, planTenants, withAllTenants } from "../footprint/tenants/load.ts";
import { loadTenant } from "../footprint/tenants/of-stack.ts";
import { Failure } from "./failure.ts";
import type { Project } from "./project.ts";

const names = ["atoll.config.ts", "atoll.config.js", "atoll.config.mjs"] as const;

/**
 * Reads an environment of a project, with Atoll's sections and the repository's own, and with its tenants; or one of its cells or
 * tenants alone.
 *
 * @param options `overCapacity`: whether its cells may have more tenants than they have room for. @default false
 * @throws BlueprintError `project-invalid` for its configuration, `footprint-invalid` for its manifests
 */
export async function readFootprint(
  { root, configDir }: Pick<Project, "root" | "configDir">,
  asked: string,
  { overCapacity = false }: { readonly overCapacity?: boolean } = {},
): Promise<Footprint> {
  const { cells, environments } = await readRegistry(root);
  if (isTenantFile(configDir, asked)) return loadTenant(configDir, asked, cells, environments);
  const load = () => loadFootprint(configDir, asked, cells, environments);
  const plan = overCapacity ? planSome : planTenants;
  return asked.includes(".") ? load() : withAllTenants(configDir, asked, load, plan);
}

/**
 * The cells of an environment, or the one that is asked for.
 *
 * @throws Failure `bad-usage` if the environment does not have it
 */
export function chosenCells({ environment, cells }: Footprint, asked: string): readonly Cell[] {
  if (!asked.includes(".")) return cells;
  const found = cells.filter(({ stack }) => stack === asked);
  if (found.length > 0) return found;
  const names = cells.map(({ stack }) => stack);
  throw new Failure(
    "bad-usage",
    `environment "${environment.name}" has no cell "${asked}"${didYouMean(asked, names)}`,
    `name the environment, or one of its cells: ${names.join(", ")}`,
  );
}

/** The sections that manifests of a repository can have. */
export interface Registry {
  readonly cells: readonly Section[];
  readonly environments: readonly EnvironmentSection[];
}

/** @throws BlueprintError `project-invalid` */
export async function readRegistry(root: string): Promise<Registry> {
  const { sections = [], environmentSections = [] } = await configOf(root);
  return { cells: sectionsWith(sections), environments: environmentRegistry(environmentSections) };
}

interface Config {
  readonly sections?: readonly Section[];
  readonly environmentSections?: readonly EnvironmentSection[];
}

async function configOf(root: string): Promise<Config> {
  const file = names.map((name) => path.join(root, name)).find(existsSync);
  if (file === undefined) return {};
  const config = await load(file);
  if (typeof config !== "object" || config === null)
    throw invalid(file, "must have a default export: `export default defineConfig({})`");
  return config;
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
