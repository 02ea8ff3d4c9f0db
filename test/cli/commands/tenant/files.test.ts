import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { parse } from "yaml";
import { tenantFile, withFields, writeAll } from "../../../../cli/commands/tenant/files.ts";
import { selecting } from "../../../../cli/commands/tenant/selector.ts";
import type { PlacedTenant } from "../../../../footprint/model.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "tenant-files-"));
after(() => rmSync(folder, { recursive: true }));

describe("a tenant's file", () => {
  test("has the environment's schema and settings of Pulumi", () => {
    writeFileSync(
      path.join(folder, "Pulumi.prod.yaml"),
      '# yaml-language-server: $schema=../schemas/environment.json\nconfig:\n  pulumi:disable-default-providers: ["*"]\n  atoll:manifest: {kind: environment}\n',
    );
    const text = tenantFile(folder, "prod.acme", { kind: "tenant", tier: "basic" });
    assert.match(text, /^# yaml-language-server: \$schema=\.\.\/schemas\/tenant\.json\n/);
    assert.deepEqual(parse(text), {
      config: {
        "pulumi:disable-default-providers": ["*"],
        "atoll:manifest": { kind: "tenant", tier: "basic" },
      },
    });
  });

  test("keeps comments and order when a field changes", () => {
    const text =
      "config:\n  atoll:manifest:\n    kind: tenant # a pilot\n    tier: basic\n    ring: 0\n";
    const suspended = withFields(text, { state: "suspended" });
    assert.equal(suspended, `${text}    state: suspended\n`);
    assert.equal(withFields(suspended, { state: undefined }), text);
  });

  test("is written with the others, or none is", () => {
    const missing = path.join(folder, "no", "Pulumi.prod.b.yaml");
    const files = new Map([
      [path.join(folder, "Pulumi.prod.a.yaml"), "a"],
      [missing, "b"],
    ]);
    assert.throws(() => writeAll(files), /ENOENT/);
    assert.deepEqual(readdirSync(folder), ["Pulumi.prod.yaml"]);
    files.delete(missing);
    writeAll(files);
    assert.equal(readFileSync(path.join(folder, "Pulumi.prod.a.yaml"), "utf8"), "a");
  });
});

describe("a selector", () => {
  const tenant = {
    name: "acme",
    tier: "basic",
    cells: ["eu", "us"],
    ring: 0,
    state: "active",
    tags: { segment: "retail" },
  } as unknown as PlacedTenant;

  for (const [selector, expected] of [
    [undefined, true],
    ["tier=basic", true],
    ["tier=business|basic,ring=0", true],
    ["tier=basic,ring=1", false],
    ["cell=us", true],
    ["tag.segment=retail", true],
    ["tag.segment=food", false],
    ["owner=platform", false],
  ] as const) {
    test(`${selector ?? "nothing"} ${expected ? "selects" : "does not select"}`, () => {
      assert.equal(selecting(selector)(tenant), expected);
    });
  }

  test("with an unknown field is refused", () => {
    assert.throws(() => selecting("tire=basic"), /"tire=basic" does not select tenants/);
  });
});
