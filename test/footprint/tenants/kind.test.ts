// What these tests cannot prove: that the parser reads the same; a tenant that is taken for a cell is refused by its kind.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { isTenantFile, membersOf } from "../../../footprint/files/kind.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "kinds-"));
after(() => rmSync(folder, { recursive: true }));

function put(stack: string, text: string): void {
  writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), text);
}

describe("the kind of a manifest", () => {
  for (const [what, text, expected] of [
    ["a field of its own line", "config:\n  atoll:manifest:\n    kind: tenant\n", true],
    ["with quotes", 'config:\n  atoll:manifest:\n    "kind": "tenant"\n', true],
    ["in a flow mapping", "config: {atoll:manifest: {kind: tenant, tier: basic}}\n", true],
    ["with a comment behind it", "    kind: tenant # of the pilot\n", true],
    ["in a comment", "    # kind: tenant\n    kind: cell\n", false],
    ["of another field", "    mankind: tenant\n", false],
    ["of a cell whose section names one", "    kind: cell\n    tenancy: {only: tenant}\n", false],
    ["that begins like it", "    kind: tenants\n", false],
  ] as const) {
    test(`is read ${what}`, () => {
      put("prod.some", text);
      assert.equal(isTenantFile(folder, "prod.some"), expected);
    });
  }

  test("divides the stacks of an environment", () => {
    put("prod.acme", "kind: tenant\n");
    put("prod.eu", "kind: cell\n");
    put("stage.acme", "kind: tenant\n");
    const stacks = ["prod", "prod.acme", "prod.eu", "stage", "stage.acme"];
    assert.deepEqual(membersOf(folder, stacks, "prod"), {
      cells: ["prod.eu"],
      tenants: ["prod.acme"],
    });
  });

  test("of a file that cannot be read is not a tenant's", () => {
    assert.equal(isTenantFile(folder, "prod.missing"), false);
  });
});
