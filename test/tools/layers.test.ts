// What these tests cannot prove: that no file of the repository breaks the rules; `npm run lint` does, over all of them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, test } from "node:test";

const root = path.resolve(import.meta.dirname, "../..");

/** The rules that a file at this path with this import breaks. */
function broken(file: string, imported: string): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/@biomejs/biome/bin/biome", "lint", "--colors=off", `--stdin-file-path=${file}`],
    { cwd: root, input: `import type { It } from "${imported}";\n\nexport type Its = It[];\n` },
  );
  return [...`${stdout}${stderr}`.matchAll(/lint\/(style\/noRestrictedImports)/g)].map(
    ([, rule = ""]) => rule,
  );
}

describe("an import that runs upwards is refused by lint", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["components/core/a-file.ts", "../network/contract.ts"],
    ["components/network/a-file.ts", "../../footprint/model.ts"],
    ["footprint/specs/a-file.ts", "../../stacks/config.ts"],
    ["stacks/cell/a-file.ts", "../../cli/io.ts"],
    ["operations/failover/a-file.ts", "../../stacks/program.ts"],
    ["policies/controls/a-file.ts", "../../stacks/ownership.ts"],
    ["simulator/schema/a-file.ts", "../../footprint/model.ts"],
  ];
  for (const [file, imported] of cases) {
    test(`${file} of ${imported}`, () => assert.equal(broken(file, imported).length, 1));
  }

  test("and one that runs downwards is not", () => {
    assert.deepEqual(broken("stacks/cell/a-file.ts", "../../footprint/model.ts"), []);
  });
});
