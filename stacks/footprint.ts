/**
 * The footprint of an environment: its own manifest and those of its cells, read from the stacks' config files and checked
 * against each other. Pure apart from reading files; no cloud SDK is loaded, so the command line can refuse bad input at once.
 */
import path from "node:path";
import { BlueprintError, type Problem } from "../components/core/errors.ts";
import { checkSpec, didYouMean } from "../components/core/spec.ts";
import { addressProblems, serviceProblems } from "./addresses.ts";
import type { CellManifest } from "./cell-manifest.ts";
import { type CellSpecs, cellSpecs, sectionProblems } from "./cell-specs.ts";
import {
  configFile,
  environmentOf,
  listStacks,
  readStackConfig,
  type StackConfig,
} from "./config-files.ts";
import type { EnvironmentManifest } from "./environment-manifest.ts";
import { type Kind, type Manifest, manifestSchemas } from "./manifest.ts";
import { nameSchema } from "./manifest-fields.ts";

export interface Environment extends EnvironmentManifest {
  readonly name: string;
  /** Its stack's name: the environment's own. */
  readonly stack: string;
}

/** A cell's manifest with its names. */
export type PlacedCell = CellManifest & {
  readonly name: string;
  /** Its stack's name: `<environment>.<cell>`. */
  readonly stack: string;
};

export type Cell = PlacedCell & {
  /** What its components are given: the manifest's sections, checked, with defaults filled in. */
  readonly specs: CellSpecs;
};

/** A stack and the stacks that must be up before it. */
export interface StackNode {
  readonly name: string;
  readonly kind: Kind;
  readonly needs: readonly string[];
}

export interface Footprint {
  readonly environment: Environment;
  readonly cells: readonly Cell[];
  readonly stacks: readonly StackNode[];
}

/**
 * Reads an environment and its cells.
 *
 * @throws BlueprintError `footprint-invalid` with every problem of every file: where, what was given, what would be right.
 */
export function loadFootprint(configDir: string, environmentName: string): Footprint {
  const problems: Problem[] = [];
  const names = listStacks(configDir);
  const environments = names.filter((stack) => !stack.includes("."));
  const file = configFile(environmentName);

  const cellStacks = names.filter((stack) => stack.startsWith(`${environmentName}.`));
  const environment = environments.includes(environmentName)
    ? readEnvironment(configDir, environmentName, problems)
    : undefined;
  if (!environments.includes(environmentName)) {
    problems.push({
      path: path.join(configDir, file),
      message: `no such environment${didYouMean(environmentName, environments)}`,
    });
  }
  const read = cellStacks.flatMap(
    (stack) => readCell(configDir, stack, environments, problems) ?? [],
  );
  const placed = read.map(({ cell }) => cell);
  if (environment) problems.push(...addressProblems(environment, placed));
  const cells = read.flatMap(({ cell, config }): Cell[] => {
    const specs = cellSpecs(cell, configFile(cell.stack), problems);
    if (specs?.cloud === "onprem")
      problems.push(...kubeconfigProblems(specs, configFile(cell.stack), config));
    return specs ? [{ ...cell, specs }] : [];
  });
  if (environment) problems.push(...serviceProblems(environment, cells));
  if (problems.length > 0 || !environment) {
    throw new BlueprintError(
      "footprint-invalid",
      `environment "${environmentName}" cannot be used:`,
      problems,
    );
  }
  return {
    environment,
    cells,
    stacks: [
      { name: environment.stack, kind: "environment", needs: [] },
      ...cells.map(
        ({ stack }): StackNode => ({ name: stack, kind: "cell", needs: [environment.stack] }),
      ),
    ],
  };
}

function readEnvironment(
  configDir: string,
  name: string,
  problems: Problem[],
): Environment | undefined {
  problems.push(...nameProblems(configFile(name), name));
  const config = readConfig(configDir, name, problems);
  const manifest = config && readManifest(config, name, problems, "environment");
  return manifest?.kind === "environment" ? { ...manifest, name, stack: name } : undefined;
}

function readCell(
  configDir: string,
  stack: string,
  environments: readonly string[],
  problems: Problem[],
): { readonly cell: PlacedCell; readonly config: StackConfig } | undefined {
  const file = configFile(stack);
  const name = stack.slice(stack.indexOf(".") + 1);
  problems.push(...nameProblems(file, name));
  const config = readConfig(configDir, stack, problems);
  if (config === undefined) return undefined;
  const told = problems.length;
  const manifest = readManifest(config, stack, problems, "cell");
  if (manifest?.kind !== "cell") {
    const names = { environment: environmentOf(stack), name, stack };
    problems.push(...sectionProblems(config.manifest, names, file, problems.slice(told)));
    return undefined;
  }
  if (!environments.includes(manifest.environment)) {
    problems.push({
      path: `${file}: environment`,
      message: `no such environment${didYouMean(manifest.environment, environments)}`,
      got: manifest.environment,
    });
  } else if (manifest.environment !== environmentOf(stack)) {
    problems.push({
      path: `${file}: environment`,
      message: `must be "${environmentOf(stack)}", as the stack's name says`,
      got: manifest.environment,
    });
  }
  return { cell: { ...manifest, name, stack }, config };
}

function readConfig(
  configDir: string,
  stack: string,
  problems: Problem[],
): StackConfig | undefined {
  const read = readStackConfig(configDir, stack);
  if (!("problem" in read)) return read;
  problems.push(read.problem);
  return undefined;
}

function nameProblems(file: string, name: string): Problem[] {
  const checked = nameSchema.safeParse(name);
  return checked.success
    ? []
    : checked.error.issues.map(({ message }) => ({
        path: `${file}: the name`,
        message,
        got: name,
      }));
}

function readManifest(
  { manifest }: StackConfig,
  stack: string,
  problems: Problem[],
  expected: Kind,
): Manifest | undefined {
  const file = configFile(stack);
  const { kind } = manifest;
  if (kind !== expected) {
    const known = Object.keys(manifestSchemas);
    const hint = typeof kind === "string" && !known.includes(kind) ? didYouMean(kind, known) : "";
    problems.push({
      path: `${file}: kind`,
      message: `must be "${expected}" for a stack called ${stack}${hint}`,
      ...(kind === undefined ? {} : { got: kind }),
    });
    return undefined;
  }
  const checked = checkSpec<(typeof manifestSchemas)[Kind]>(
    manifestSchemas[expected],
    manifest,
    file,
  );
  problems.push(...checked.problems);
  return checked.spec;
}

/** A cluster of one's own is reached by a value of the stack's config, which no schema of the manifest sees. */
function kubeconfigProblems(
  { cluster }: Extract<CellSpecs, { cloud: "onprem" }>,
  file: string,
  config: StackConfig,
): Problem[] {
  const key = `atoll:${cluster.kubeconfig.configKey}`;
  if (config.has(key)) return [];
  return [
    {
      path: `${file}: config`,
      message: `must hold ${key}, which cluster.kubeconfig names: set it with \`pulumi config set --secret ${key}\``,
    },
  ];
}
