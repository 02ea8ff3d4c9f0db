import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The paths of the JSON files of a folder, sorted; none if there is no such folder. */
export function jsonFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

/** Generated files by path. */
export type Files = ReadonlyMap<string, string>;

/** The generated files that are outdated, missing, or no longer generated. */
export function staleFiles(root: string, files: Files, folders: readonly string[]): string[] {
  const changed = [...files].filter(([path, text]) => {
    const full = join(root, path);
    return !existsSync(full) || readFileSync(full, "utf8") !== text;
  });
  return [...changed.map(([path]) => path), ...leftOver(root, files, folders)].sort();
}

/** Writes changed files and removes those that are no longer generated. Returns the changed paths. */
export function writeFiles(root: string, files: Files, folders: readonly string[]): string[] {
  const stale = staleFiles(root, files, folders);
  for (const path of stale) {
    const full = join(root, path);
    const text = files.get(path);
    if (text === undefined) {
      rmSync(full);
    } else {
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
  }
  return stale;
}

function leftOver(root: string, files: Files, folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
    )
    .filter((path) => !files.has(path));
}

/**
 * Compact JSON that can be reviewed by line: each entry of the first levels has its own line.
 */
export function formatJson(value: object, levels = 2): string {
  return `${spread(value, levels)}\n`;
}

function spread(value: unknown, levels: number): string {
  if (levels === 0 || typeof value !== "object" || value === null || Array.isArray(value)) {
    return JSON.stringify(value);
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([key, inner]) => `${JSON.stringify(key)}:${spread(inner, levels - 1)}`).join(",\n")}\n}`;
}
