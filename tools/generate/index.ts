import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { importCharts } from "./charts.ts";
import { importCustomKinds } from "./custom-kinds.ts";
import { importFacts } from "./facts.ts";
import { generate, generatedFolders, readListed } from "./generate.ts";
import { staleFiles, writeFiles } from "./output.ts";

const usage = `npm run generate                  write the generated files from the installed SDKs
npm run generate -- --check       fail if generated files are stale, and list them
npm run generate -- --facts DIR   first take the facts about the listed types from DIR/aws.json and DIR/gcp.json
npm run generate -- --kubernetes DIR   first take custom resource definitions from DIR/crds and charts' values from DIR/charts`;

const root = resolve(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: {
    check: { type: "boolean" },
    facts: { type: "string" },
    kubernetes: { type: "string" },
    help: { type: "boolean" },
  },
});

if (values.help) {
  console.log(usage);
} else {
  if (values.facts !== undefined) {
    const folder = join(root, "tools/generate/facts");
    mkdirSync(folder, { recursive: true });
    importFacts(values.facts, folder, readListed(root).resources);
  }
  if (values.kubernetes !== undefined) {
    importCustomKinds(join(values.kubernetes, "crds"), root);
    importCharts(join(values.kubernetes, "charts"), root);
  }
  await run(values.check ?? false);
}

async function run(check: boolean): Promise<void> {
  const { files, dropped } = await generate(root);
  if (!check) {
    for (const { type, path } of dropped)
      console.warn(`omitted a fact: ${type} has no property ${path}`);
    const touched = writeFiles(root, files, generatedFolders);
    console.log(`${files.size} generated files, ${touched.length} written or removed`);
    return;
  }
  const stale = staleFiles(root, files, generatedFolders);
  if (stale.length === 0) {
    console.log(`${files.size} generated files are up to date`);
    return;
  }
  console.error(
    `stale generated files; run npm run generate and commit:\n${stale.map((path) => `  ${path}`).join("\n")}`,
  );
  process.exitCode = 1;
}
