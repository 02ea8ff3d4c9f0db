// Which files describe tenants, and how often they are read.
import assert from "node:assert/strict";
import fs, { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, describe, mock, test } from "node:test";
import { membersOf } from "../../../footprint/files/kind.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "kind-"));
after(() => rmSync(folder, { recursive: true }));
const write = (stack: string, kind: string) =>
  writeFileSync(
    path.join(folder, `Pulumi.${stack}.yaml`),
    `config:\n  atoll:manifest:\n    kind: ${kind}\n`,
  );

let reads = 0;
const real = fs.readFileSync;
mock.method(fs, "readFileSync", (...given: Parameters<typeof real>) => {
  if (String(given[0]).startsWith(folder)) reads += 1;
  return real(...given);
});
// Modules that import the function by name see it as well.
syncBuiltinESMExports();

describe("the files of an environment", () => {
  const stacks = ["prod", "prod.acme", "prod.birch", "prod.site"];
  write("prod", "environment");
  write("prod.acme", "tenant");
  write("prod.birch", "tenant");
  write("prod.site", "cell");

  test("are its cells and its tenants, and are read once however often a process asks", () => {
    const expected = { cells: ["prod.site"], tenants: ["prod.acme", "prod.birch"] };
    assert.deepEqual(membersOf(folder, stacks, "prod"), expected);
    const before = reads;
    assert.equal(before, 3);
    assert.deepEqual(membersOf(folder, stacks, "prod"), expected);
    assert.equal(reads, before);
  });

  test("are read again when they change", () => {
    write("prod.birch", "cell");
    assert.deepEqual(membersOf(folder, stacks, "prod").cells, ["prod.birch", "prod.site"]);
  });
});
