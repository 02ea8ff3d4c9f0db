// What these tests cannot prove: that no file of the repository breaks the rules; `npm run lint` checks all files.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";

const root = path.resolve(import.meta.dirname, "../..");

const upwards: Readonly<Record<string, string>> = {
  "components/core/a.ts": "../network/contract.ts",
  "components/network/a.ts": "../../footprint/model.ts",
  "footprint/specs/a.ts": "../../stacks/config.ts",
  "stacks/cell/a.ts": "../../cli/io.ts",
  "operations/failover/a.ts": "../../stacks/program.ts",
  "policies/controls/a.ts": "../../stacks/ownership.ts",
  "simulator/schema/a.ts": "../../footprint/model.ts",
};
const downwards = { "stacks/cell/b.ts": "../../footprint/model.ts" };
/** Two files that import only types of each other. */
const cycle = { "stacks/cell/c.ts": "./d.ts", "stacks/cell/d.ts": "./c.ts" };

describe("lint of imports of types", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "layers-"));
  after(() => rmSync(folder, { recursive: true }));
  const config = JSON.parse(readFileSync(path.join(root, "biome.json"), "utf8"));
  writeFileSync(path.join(folder, "biome.json"), JSON.stringify({ ...config, vcs: {} }));
  for (const [file, imported] of Object.entries({ ...upwards, ...downwards, ...cycle })) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    const code = `import type { It } from "${imported}";\n\nexport type Its = It[];\n`;
    writeFileSync(path.join(folder, file), code);
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.join(root, "node_modules/@biomejs/biome/bin/biome"),
      "lint",
      "--colors=off",
      "--max-diagnostics=none",
    ],
    { cwd: folder, encoding: "utf8" },
  );
  const found = (rule: string) =>
    [...`${stdout}${stderr}`.matchAll(/^(\S+\.ts):\d+:\d+ lint\/(\S+)/gm)]
      .filter(([, , name]) => name === rule)
      .map(([, file = ""]) => file)
      .sort();

  test("refuses imports from a higher layer, and no others", () => {
    assert.deepEqual(found("style/noRestrictedImports"), Object.keys(upwards).sort());
  });

  test("refuses import cycles", () => {
    assert.deepEqual(found("suspicious/noImportCycles"), Object.keys(cycle).sort());
  });
});
