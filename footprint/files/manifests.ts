/** The manifests in the stacks' config files, each checked by itself. */

import type { z } from "zod";
import type { Problem } from "../../components/core/errors.ts";
import { checkSpec, didYouMean } from "../../components/core/spec.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import type { Section } from "../../components/section/section.ts";
import { cellSchema } from "../manifest/cell.ts";
import { environmentSchema } from "../manifest/environment.ts";
import { type Kind, kinds, type Manifest } from "../manifest/kinds.ts";
import type { PlacedCell, PlacedEnvironment } from "../model.ts";
import { withDefaults } from "./cell-defaults.ts";
import {
  configFile,
  environmentOf,
  hasFile,
  readStackConfig,
  type StackConfig,
} from "./config-files.ts";

/** The content of an environment's file, valid or not. */
export interface ReadEnvironment {
  readonly config: StackConfig;
  /** Undefined when a field is invalid. */
  readonly environment: PlacedEnvironment | undefined;
  /** The problems of its fields. */
  readonly reported: readonly Problem[];
}

/** An environment's manifest; undefined when its file cannot be read. Adds problems to `problems`. */
export function readEnvironment(
  configDir: string,
  name: string,
  registry: readonly EnvironmentSection[],
  problems: Problem[],
): ReadEnvironment | undefined {
  problems.push(...nameProblems(configFile(name), name));
  const config = readConfig(configDir, name, problems);
  if (config === undefined) return undefined;
  const reported = problems.length;
  const schema = environmentSchema(registry);
  const manifest = readManifest(configDir, config, name, schema, problems, "environment");
  return {
    config,
    environment: manifest?.kind === "environment" ? { ...manifest, name, stack: name } : undefined,
    reported: problems.slice(reported),
  };
}

/** The content of a cell's file, valid or not. */
export interface ReadCell {
  readonly names: Pick<PlacedCell, "environment" | "name" | "stack">;
  /** The manifest in the cell's own file, without defaults. */
  readonly written: StackConfig["manifest"];
  readonly config: StackConfig;
  /** Undefined when a field of the cell itself is invalid. */
  readonly cell: PlacedCell | undefined;
  /** The problems of its own fields. */
  readonly reported: readonly Problem[];
}

/** A cell's manifest; undefined when its file cannot be read. Adds problems to `problems`. */
export function readCell(
  configDir: string,
  stack: string,
  environments: readonly string[],
  registry: readonly Section[],
  defaults: StackConfig["manifest"],
  problems: Problem[],
): ReadCell | undefined {
  const file = configFile(stack);
  const name = stack.slice(stack.indexOf(".") + 1);
  problems.push(...nameProblems(file, name));
  const read = readConfig(configDir, stack, problems);
  if (read === undefined) return undefined;
  const written = read.manifest;
  const config = { ...read, manifest: withDefaults(written, defaults) };
  const reported = problems.length;
  const schema = cellSchema(registry);
  const manifest = readManifest(configDir, config, stack, schema, problems, "cell");
  const names = { environment: environmentOf(stack), name, stack };
  if (manifest?.kind !== "cell") {
    return { names, written, config, cell: undefined, reported: problems.slice(reported) };
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
      message: `must be "${environmentOf(stack)}", as in the stack's name`,
      got: manifest.environment,
    });
  }
  return { names, written, config, cell: { ...manifest, name, stack }, reported: [] };
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

function readManifest<Schema extends z.ZodType<Manifest>>(
  configDir: string,
  { manifest }: StackConfig,
  stack: string,
  schema: Schema,
  problems: Problem[],
  expected: Kind,
): z.output<Schema> | undefined {
  const file = configFile(stack);
  const { kind } = manifest;
  if (kind !== expected) {
    // The file of a tenant is recognised before it is read as a cell's.
    const valid = expected === "cell" ? (["cell", "tenant"] as const) : [expected];
    const known = kinds.some((other) => other === kind);
    const hint = typeof kind === "string" && !known ? didYouMean(kind, valid, { list: false }) : "";
    problems.push({
      path: `${file}: kind`,
      message: `must be ${valid.map((one) => `"${one}"`).join(" or ")} for a stack called ${stack}${hint}`,
      ...(kind === undefined ? {} : { got: kind }),
    });
    return undefined;
  }
  const checked = checkSpec(schema, manifest, file);
  problems.push(...checked.problems);
  if (checked.spec?.hooks !== undefined && !hasFile(configDir, checked.spec.hooks)) {
    problems.push({
      path: `${file}: hooks`,
      message: "must be an existing file",
      got: checked.spec.hooks,
    });
  }
  return checked.spec;
}
