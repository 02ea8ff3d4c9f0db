/** The Pulumi project of a process, found as the Pulumi CLI finds it: from the working directory upwards. */
import { existsSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { BlueprintError } from "../../components/core/errors.ts";
import { readPlainFile } from "./plain-file.ts";

export interface ProjectFile {
  /** The folder with Pulumi.yaml. */
  readonly root: string;
  /** The project's name: part of every stack's full name and of every URN. */
  readonly name: string;
  /** The folder with the stacks' config files. */
  readonly configDir: string;
  /** The program's entry file, or its folder. */
  readonly main: string;
}

/** The file names that the Pulumi CLI accepts, in its order. */
const names = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"] as const;

/**
 * The project at or above a folder, if any.
 *
 * @throws BlueprintError `project-invalid` when its file is not YAML or has no name
 */
export function findProject(from: string): ProjectFile | undefined {
  const folder = path.resolve(from);
  const file = names.map((name) => path.join(folder, name)).find(existsSync);
  if (file !== undefined) return readProject(file);
  const parent = path.dirname(folder);
  return parent === folder ? undefined : findProject(parent);
}

/**
 * The project at or above the working directory. Outside any project it is the one that contains this code: a clone of Atoll, or
 * the repository that Atoll is installed in.
 *
 * @throws BlueprintError `project-invalid`
 */
export function currentProject(): ProjectFile {
  const project = findProject(process.cwd()) ?? findProject(import.meta.dirname);
  if (project) return project;
  throw new BlueprintError(
    "project-invalid",
    `there is no Pulumi.yaml in ${process.cwd()} or above it: \`npx atoll init\` writes a project into an empty folder`,
  );
}

function readProject(file: string): ProjectFile {
  const root = path.dirname(file);
  const { name, stackConfigDir, main } = fieldsOf(file);
  if (typeof name !== "string" || name === "") {
    throw new BlueprintError("project-invalid", "the project cannot be used:", [
      { path: `${file}: name`, message: "must be the project's name, a string", got: name },
    ]);
  }
  return {
    root,
    name,
    configDir: path.resolve(root, typeof stackConfigDir === "string" ? stackConfigDir : ""),
    main: path.resolve(root, typeof main === "string" ? main : ""),
  };
}

function fieldsOf(file: string): Readonly<Record<string, unknown>> {
  try {
    return (parse(readPlainFile(file)) ?? {}) as Record<string, unknown>;
  } catch (error) {
    const [said = ""] = error instanceof Error ? error.message.split("\n", 1) : [];
    throw new BlueprintError("project-invalid", "the project cannot be used:", [
      { path: file, message: `cannot be read: ${said}` },
    ]);
  }
}
