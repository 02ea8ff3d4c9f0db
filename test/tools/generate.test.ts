// What these tests cannot prove: that a provider agrees with its SDK's declarations, from which the files are generated.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import ts from "typescript";
import type { ResourceSchema } from "../../simulator/schema/index.ts";
import { shapeAt, withFacts } from "../../tools/generate/facts.ts";
import { type Generated, generate, generatedFolders } from "../../tools/generate/generate.ts";
import { formatJson, staleFiles, writeFiles } from "../../tools/generate/output.ts";
import { readType } from "../../tools/generate/shape.ts";

const root = resolve(import.meta.dirname, "../..");

describe("generation", () => {
  let generated: Generated;
  before(async () => {
    generated = await generate(root);
  });

  test("matches the committed files", () => {
    assert.deepEqual(staleFiles(root, generated.files, generatedFolders), []);
  });

  test("has file names that differ in more than case, for case-insensitive file systems", () => {
    const paths = [...generated.files.keys()];
    assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, paths.length);
  });

  test("omits only facts that are known not to apply", () => {
    assert.deepEqual([...new Set(generated.dropped.map(({ path }) => path))].sort(), [
      "cipherSuite.phase1.prfs",
      "dbClusterIdentifier",
      "protectedResource.s3Buckets.bucketName",
    ]);
  });

  test("finds the tags of types of both clouds, and none where tags have another meaning", () => {
    const text = generated.files.get("components/core/generated/taggable.ts") ?? "";
    for (const line of [
      '"aws:ec2/vpc:Vpc": "tags"',
      '"aws:eks/cluster:Cluster": "tags"',
      '"gcp:container/cluster:Cluster": "resourceLabels"',
      '"gcp:storage/bucket:Bucket": "labels"',
    ]) {
      assert.ok(text.includes(line), line);
    }
    assert.doesNotMatch(text, /compute\/instance:Instance": "tags"/);
    assert.doesNotMatch(
      text,
      /aws:iam\/rolePolicy:RolePolicy"|gcp:compute\/network:Network"|sql\/databaseInstance:/,
    );
  });
});

describe("staleness", () => {
  const folder = mkdtempSync(join(tmpdir(), "atoll-generate-"));
  after(() => rmSync(folder, { recursive: true }));
  const files = new Map([
    ["out/a.json", "1\n"],
    ["out/b/c.json", "2\n"],
  ]);

  test("missing, changed and obsolete files are listed, and corrected", () => {
    assert.deepEqual(staleFiles(folder, files, ["out"]), ["out/a.json", "out/b/c.json"]);
    writeFiles(folder, files, ["out"]);
    assert.deepEqual(staleFiles(folder, files, ["out"]), []);
    writeFileSync(join(folder, "out/a.json"), "3\n");
    mkdirSync(join(folder, "out/d"));
    writeFileSync(join(folder, "out/d/e.json"), "4\n");
    assert.deepEqual(staleFiles(folder, files, ["out"]), ["out/a.json", "out/d/e.json"]);
    assert.deepEqual(writeFiles(folder, files, ["out"]), ["out/a.json", "out/d/e.json"]);
    assert.deepEqual(staleFiles(folder, files, ["out"]), []);
    assert.equal(readFileSync(join(folder, "out/a.json"), "utf8"), "1\n");
  });

  test("JSON is compact and has a line per entry of the first two levels", () => {
    assert.equal(
      formatJson({ a: 1, b: { c: { d: [1] }, e: {} }, f: undefined }),
      '{\n"a":1,\n"b":{\n"c":{"d":[1]},\n"e":{}\n}\n}\n',
    );
  });
});

describe("types of declarations", () => {
  const read = (text: string) => {
    const file = ts.createSourceFile("a.ts", `type A = ${text};`, ts.ScriptTarget.Latest, true);
    const [statement] = file.statements;
    assert.ok(statement && ts.isTypeAliasDeclaration(statement));
    return readType(statement.type, (name) => {
      if (name.startsWith("inputs.")) return { ref: name.slice(7) };
      return name === "enums.Engine"
        ? { enum: ["a", "b"] }
        : name === "Role"
          ? "string"
          : undefined;
    });
  };
  const cases: [string, unknown, boolean][] = [
    ["pulumi.Input<string>", "string", false],
    ["pulumi.Input<pulumi.Input<string>[] | undefined>", { array: "string" }, true],
    ["pulumi.Input<{[key: string]: pulumi.Input<number>}>", { map: "number" }, false],
    ["pulumi.Input<pulumi.Input<inputs.eks.X>[]>", { array: { ref: "eks.X" } }, false],
    ["pulumi.Input<enums.Engine>", { enum: ["a", "b"] }, false],
    ["pulumi.Input<string | enums.Engine | undefined>", "string", true],
    ["pulumi.Input<string | Role>", "string", false],
    ['"a" | "b"', { enum: ["a", "b"] }, false],
    ["pulumi.Input<string | inputs.Policy>", { anyOf: ["string", { ref: "Policy" }] }, false],
    ["pulumi.Input<pulumi.asset.Asset | pulumi.asset.Archive | undefined>", "asset", true],
    ["{ a?: string }", { fields: { a: { type: "string" } } }, false],
  ];
  for (const [text, shape, optional] of cases) {
    test(`${text} is read as ${JSON.stringify(shape)}`, () =>
      assert.deepEqual(read(text), { shape, optional }));
  }
  test("an unknown form or name stops the generation", () => {
    assert.throws(
      () => read("pulumi.Input<Record<string, string>>"),
      /does not know the type Record|does not support/,
    );
    assert.throws(() => read("() => string"), /does not support a type of kind/);
  });
});

describe("facts", () => {
  const schema: ResourceSchema = {
    type: "aws:x/y:Z",
    properties: { name: { type: "string" }, disks: { type: { array: { ref: "Disk" } } } },
    types: { Disk: { size: { type: "number" } } },
  };
  test("paths go through lists into nested objects", () => {
    assert.equal(shapeAt(schema, "disks.size"), "number");
    assert.equal(shapeAt(schema, "disks.name"), undefined);
    assert.equal(shapeAt(schema, "toString"), undefined);
  });
  test("a fact about a missing property is omitted and reported", () => {
    const dropped: string[] = [];
    const merged = withFacts(
      schema,
      {
        replaceOn: ["name", "disks.kind"],
        conflictsWith: [["name", "alias", "disks"]],
        exactlyOneOf: [["name", "alias"]],
        defaults: { "disks.size": 8 },
      },
      ({ path }) => dropped.push(path),
    );
    assert.deepEqual(
      [merged.replaceOn, merged.conflictsWith, merged.exactlyOneOf],
      [["name"], [["name", "disks"]], undefined],
    );
    assert.deepEqual(merged.defaults, { "disks.size": 8 });
    assert.deepEqual([...new Set(dropped)].sort(), ["alias", "disks.kind"]);
  });
});
