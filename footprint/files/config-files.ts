/** The stacks' config files: their location, names and content. Loads no schema and no SDK. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { YAMLParseError } from "yaml";
import { BlueprintError, type Problem } from "../../components/core/errors.ts";
import { readPlainFile, UnreadableFile } from "./plain-file.ts";
import { currentProject } from "./project-file.ts";
import { parseStrictly } from "./yaml.ts";

/**
 * The folder with the config files: `ATOLL_CONFIG_DIR`, or that of the project at or above the working directory. Programs and
 * policy packs run in folders of their project.
 *
 * @throws BlueprintError `project-invalid`
 */
export function configDirectory(): string {
  return process.env.ATOLL_CONFIG_DIR ?? currentProject().configDir;
}

/** The name of a stack's config file. */
export function configFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

/** `local` of `local` and of `local.aws-use1`. */
export function environmentOf(stack: string): string {
  return stack.split(".", 1)[0] ?? stack;
}

/**
 * The stacks that have a config file, by name.
 *
 * @throws BlueprintError `footprint-invalid` when there is no such folder
 */
export function listStacks(configDir: string): string[] {
  const entries = (() => {
    try {
      return readdirSync(configDir);
    } catch {
      throw new BlueprintError("footprint-invalid", "the stacks cannot be read:", [
        { path: configDir, message: "must be a folder with the stacks' config files" },
      ]);
    }
  })();
  return entries
    .flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? [])
    .sort((a, b) => (a < b ? -1 : 1));
}

/** The environments that have a config file, by name. */
export function listEnvironments(configDir: string): string[] {
  return listStacks(configDir).filter((stack) => !stack.includes("."));
}

/** The content of a stack's config file. */
export interface StackConfig {
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Whether the stack has a value for a full key; true if it may come from an environment of Pulumi Cloud. */
  has(key: string): boolean;
}

/** Reads a stack's config file, or returns why it cannot be used. */
export function readStackConfig(
  configDir: string,
  stack: string,
): StackConfig | { readonly problem: Problem } {
  const file = configFile(stack);
  const content = readYaml(path.join(configDir, file));
  if ("message" in content) {
    const { message, at } = content;
    return { problem: { path: at === undefined ? file : `${file}:${at}`, message } };
  }
  const { config, environment } = fields(content.value);
  const manifest = fields(config)["atoll:manifest"];
  if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest)) {
    const message = "must have an object atoll:manifest";
    return {
      problem: {
        path: `${file}: config`,
        message,
        ...(manifest === undefined ? {} : { got: manifest }),
      },
    };
  }
  return {
    manifest: fields(manifest),
    has: (key) => environment !== undefined || ![undefined, null, ""].includes(text(config, key)),
  };
}

function text(config: unknown, key: string): string | null | undefined {
  const value = fields(config)[key];
  return value === undefined || value === null ? value : String(value);
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Whether a path given in a config file is a file. */
export function hasFile(configDir: string, file: string): boolean {
  return statSync(path.join(configDir, file), { throwIfNoEntry: false })?.isFile() === true;
}

/** Reports only a parser's first error; the others usually follow from it. */
function readYaml(
  file: string,
): { readonly value: unknown } | { readonly message: string; readonly at?: string } {
  try {
    const { document, duplicate, reserved } = parseStrictly(readPlainFile(file));
    const [error] = document.errors;
    if (error) throw error;
    const wrong = duplicate ?? reserved;
    if (wrong !== undefined) {
      const name = [...wrong.above, wrong.key].join(".");
      return {
        message: duplicate
          ? `is not YAML: map keys must be unique, and ${name} is there twice`
          : `${name} is not a possible name`,
        at: `${wrong.line}:${wrong.column}`,
      };
    }
    return { value: document.toJS() };
  } catch (error) {
    if (error instanceof UnreadableFile) return { message: `cannot be read: ${error.message}` };
    const [said = ""] = error instanceof Error ? error.message.split("\n", 1) : [];
    const message = `is not YAML: ${said.replace(/ at line \d+, column \d+:?$/, "")}`;
    const start = error instanceof YAMLParseError ? error.linePos?.[0] : undefined;
    return start ? { message, at: `${start.line}:${start.col}` } : { message };
  }
}
