/** `npm run build`: builds the package in dist/, for `npm pack ./dist`. Only a release needs it; the repository runs without it. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { nouns, publicFiles } from "./barrels.ts";
import { type Own, packageManifest } from "./manifest.ts";

const root = path.resolve(import.meta.dirname, "../..");
const dist = path.join(root, "dist");

/** Files that are copied beside the compiled ones. */
const assets = [
  "schemas",
  "components/stream/generated",
  "simulator/generated",
  "simulator/schema/rules",
  "cli/engine/bin",
  "cli/engine/host-bin",
  "cli/init/templates",
  "tools/engine/go.mod",
  "tools/engine/go.sum",
  "policies/PulumiPolicy.yaml",
  "policies/package.json",
  "LICENSE",
  "CHANGELOG.md",
];

rmSync(dist, { recursive: true, force: true });
if (compile()) {
  for (const asset of assets)
    cpSync(path.join(root, asset), path.join(dist, asset), { recursive: true });
  for (const file of globSync("**/*.d.{ts,mts}", { cwd: dist }))
    rewriteImports(path.join(dist, file));
  const found = nouns(root);
  for (const noun of found) writeBarrel(noun);
  const own = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Own;
  writeFileSync(
    path.join(dist, "package.json"),
    `${JSON.stringify(packageManifest(own, found), null, 2)}\n`,
  );
  cpSync(path.join(root, "api/README.md"), path.join(dist, "README.md"));
  chmodSync(path.join(dist, "api/bin.mjs"), 0o755);
} else {
  process.exitCode = 1;
}

function compile(): boolean {
  const compiler = path.join(root, "node_modules/typescript-native/bin/tsc");
  const project = path.join(import.meta.dirname, "tsconfig.json");
  const { status } = spawnSync(process.execPath, [compiler, "-p", project], { stdio: "inherit" });
  return status === 0;
}

/** The compiler does not change the import specifiers in declarations. Examples in comments keep `.ts`. */
function rewriteImports(file: string): void {
  const lines = readFileSync(file, "utf8").split("\n");
  const rewritten = lines.map((line) =>
    /^ *\*/.test(line) ? line : line.replace(/((?:from|import\() ?"\.[^"]*)\.ts"/g, '$1.js"'),
  );
  writeFileSync(file, rewritten.join("\n"));
}

function writeBarrel(noun: string): void {
  const lines = publicFiles(root, noun).map((name) => `export * from "./${name}.js";\n`);
  const folder = path.join(dist, "components", noun);
  mkdirSync(folder, { recursive: true });
  for (const end of ["js", "d.ts"])
    writeFileSync(path.join(folder, `index.${end}`), lines.join(""));
}
