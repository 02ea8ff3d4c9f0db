import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inventory, type Registered } from "./inventory.ts";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** One example of a README. */
export interface Example {
  readonly code: string;
  /** The line number of the example in the README. */
  readonly line: number;
}

/** The `ts` examples of a Markdown document. */
export function examplesOf(markdown: string): Example[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({
    code: match[1] ?? "",
    line: markdown.slice(0, match.index).split("\n").length + 1,
  }));
}

/** Runs an example with mocks, as if it were in its README's folder, and returns its resources. */
export async function runExample(readme: string, { code, line }: Example): Promise<Registered[]> {
  const folder = pathToFileURL(`${dirname(readme)}/`);
  const scratch = join(root, ".atoll", "readmes", String(process.pid));
  mkdirSync(scratch, { recursive: true });
  const file = join(scratch, `${readme.slice(root.length + 1).replace(/\W/g, "-")}-${line}.ts`);
  writeFileSync(
    file,
    code.replace(
      /(from\s+")(\.[^"]+)(")/g,
      (_, from, path, end) => from + new URL(path, folder).href + end,
    ),
  );
  try {
    return await inventory(() => import(pathToFileURL(file).href));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const table = /(<!-- settings: (\w+) -->\n)([\s\S]*?)(<!-- end -->)/g;

/** The README with its tables of settings regenerated. */
export function withTables(markdown: string, render: (constant: string) => string): string {
  return markdown.replace(
    table,
    (_, start: string, constant: string, __, end: string) => `${start}${render(constant)}\n${end}`,
  );
}

/** The names of the settings with a table in a README. */
export function tablesOf(markdown: string): string[] {
  return [...markdown.matchAll(table)].map((match) => match[2] ?? "");
}

export function readText(file: string): string {
  return readFileSync(file, "utf8");
}
