/**
 * The footprint of an environment: its own manifest and those of its cells, read from the stacks' config files and checked
 * against each other. Pure apart from reading files; no cloud SDK is loaded, so the command line can refuse bad input at once.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { BlueprintError, type Problem } from "../components/core/errors.ts";
import { checkSpec, didYouMean } from "../components/core/spec.ts";
import { addressProblems, serviceProblems } from "./addresses.ts";
import { type CellSpecs, cellSpecs } from "./cell-specs.ts";
import {
  type CellManifest,
  type EnvironmentManifest,
  type Kind,
  type Manifest,
  manifestSchemas,
  nameSchema,
} from "./manifest.ts";

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

/** Where the config files stand unless `ATOLL_CONFIG_DIR` says otherwise. */
export function configDirectory(): string {
  return process.env.ATOLL_CONFIG_DIR ?? path.join(import.meta.dirname, "config");
}

/** The config file of a stack. */
export function configFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

/** `local` of `local` and of `local.aws-use1`. */
export function environmentOf(stack: string): string {
  return stack.split(".", 1)[0] ?? stack;
}

/** The environments that have a config file, by name. */
export function listEnvironments(configDir: string): string[] {
  return stackNames(configDir).filter((stack) => !stack.includes("."));
}

/**
 * Reads an environment and its cells.
 *
 * @throws BlueprintError `footprint-invalid` with every problem of every file: where, what was given, what would be right.
 */
export function loadFootprint(configDir: string, environmentName: string): Footprint {
  const problems: Problem[] = [];
  const names = stackNames(configDir);
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
  const manifests = cellStacks.flatMap(
    (stack) => readCell(configDir, stack, environments, problems) ?? [],
  );
  if (environment) problems.push(...addressProblems(environment, manifests));
  const cells = manifests.flatMap((cell): Cell[] => {
    const specs = cellSpecs(cell, configFile(cell.stack), problems);
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

function stackNames(configDir: string): string[] {
  const entries = (() => {
    try {
      return readdirSync(configDir);
    } catch {
      throw new BlueprintError("footprint-invalid", "no stack can be read:", [
        { path: configDir, message: "must be a folder with the stacks' config files" },
      ]);
    }
  })();
  return entries
    .flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? [])
    .sort((a, b) => (a < b ? -1 : 1));
}

function readEnvironment(
  configDir: string,
  name: string,
  problems: Problem[],
): Environment | undefined {
  problems.push(...nameProblems(configFile(name), name));
  const manifest = readManifest(configDir, name, problems, "environment");
  return manifest?.kind === "environment" ? { ...manifest, name, stack: name } : undefined;
}

function readCell(
  configDir: string,
  stack: string,
  environments: readonly string[],
  problems: Problem[],
): PlacedCell | undefined {
  const file = configFile(stack);
  const name = stack.slice(stack.indexOf(".") + 1);
  problems.push(...nameProblems(file, name));
  const manifest = readManifest(configDir, stack, problems, "cell");
  if (manifest?.kind !== "cell") return undefined;
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
  return { ...manifest, name, stack };
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
  configDir: string,
  stack: string,
  problems: Problem[],
  expected: Kind,
): Manifest | undefined {
  const file = configFile(stack);
  const document = parseDocument(readFileSync(path.join(configDir, file), "utf8"), {
    prettyErrors: true,
  });
  if (document.errors.length > 0) {
    problems.push(
      ...document.errors.map((error) => ({
        path: file,
        message: `is not YAML: ${error.message.split("\n", 1)[0]}`,
      })),
    );
    return undefined;
  }
  const manifest: unknown = document.toJS()?.config?.["atoll:manifest"];
  if (typeof manifest !== "object" || manifest === null) {
    problems.push({
      path: `${file}: config`,
      message: "must hold an object atoll:manifest",
      ...(manifest === undefined ? {} : { got: manifest }),
    });
    return undefined;
  }
  const kind: unknown = (manifest as { kind?: unknown }).kind;
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
