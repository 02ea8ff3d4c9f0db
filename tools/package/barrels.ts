/** The public files of a component's folder: what `atoll/components/<noun>` exports. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Files that are public, where they exist. */
const standard = [
  "contract",
  "aws",
  "gcp",
  "onprem",
  "schema",
  "section",
  "environment-section",
  "gcp-agents",
  "gcp-agent",
] as const;

/** The public files for components and sections outside of Atoll. */
const foundations: Readonly<Record<string, readonly string[]>> = {
  core: ["component", "cidr", "cloud", "errors", "iam", "naming", "schedule", "spec", "tags"],
  section: [
    "section",
    "build",
    "cell",
    "grant",
    "key",
    "environment-section",
    "environment",
    "entries",
  ],
};

/** The nouns, and the foundations. */
export function nouns(root: string): string[] {
  return readdirSync(path.join(root, "components"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** The names of a noun's public files without `.ts`: the standard ones, and those that its README's examples import. */
export function publicFiles(root: string, noun: string): string[] {
  const folder = path.join(root, "components", noun);
  const names = foundations[noun] ?? [noun, ...standard, ...shown(path.join(folder, "README.md"))];
  return [...new Set(names)].filter((name) => existsSync(path.join(folder, `${name}.ts`)));
}

function shown(readme: string): string[] {
  if (!existsSync(readme)) return [];
  const imports = readFileSync(readme, "utf8").matchAll(/^import .* from "\.\/([a-z-]+)\.ts";$/gm);
  return [...imports].flatMap(([, name]) => name ?? []);
}
