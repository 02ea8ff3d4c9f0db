/** Writes a rendered fleet into a folder, in which nothing else is lost. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "../../failure.ts";
import { mark } from "./files.ts";

export interface Replaced {
  readonly written: number;
  /** Files of tenants that are not in the fleet any more. */
  readonly deleted: readonly string[];
}

/**
 * Replaces what an earlier rendering wrote.
 *
 * @param force overwrites files of the same names that are not rendered ones. No other file is ever touched
 * @throws Failure `files-exist` when the folder has files that were not rendered; nothing is then written
 */
export function replaceFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  force: boolean,
): Replaced {
  const present = filesIn(folder);
  const rendered = present.filter((file) => isRendered(path.join(folder, file)));
  const others = present.filter((file) => !rendered.includes(file));
  if (others.length > 0 && !force) {
    const named = others.slice(0, 5).join(", ");
    const more = others.length > 5 ? ` and ${others.length - 5} more` : "";
    throw new Failure(
      "files-exist",
      `${folder} has files that were not rendered: ${named}${more}; nothing was written`,
      "set --out to another folder; or --force, which overwrites those that have the name of a rendered file, and keeps the others",
    );
  }
  const deleted = rendered.filter((file) => !files.has(file));
  for (const file of deleted) rmSync(path.join(folder, file));
  for (const [file, text] of files) {
    const full = path.join(folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  return { written: files.size, deleted };
}

/** Paths with slashes, in order. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
}

function isRendered(file: string): boolean {
  return readFileSync(file, "utf8").slice(0, 300).includes(mark);
}
