// Validates every config file of the project, and broken ones. What these tests cannot prove: completion in an editor, and what only
// Atoll can check (references, overlapping blocks, sums).
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { schemaProblems } from "../support/config-schema.ts";
import { set } from "../support/sample.ts";

const root = path.resolve(import.meta.dirname, "../..");

function sample(stack: string) {
  return parse(readFileSync(path.join(root, `stacks/config/Pulumi.${stack}.yaml`), "utf8"));
}

describe("the JSON Schemas accept", () => {
  for (const file of globSync("stacks/config/Pulumi.*.yaml", { cwd: root })) {
    const stack = path.basename(file, ".yaml").replace("Pulumi.", "");
    test(`the config file of ${stack}, with the common schema and its own`, () => {
      const content = sample(stack);
      const { kind, cloud } = content.config["atoll:manifest"];
      assert.deepEqual(schemaProblems(content), []);
      assert.deepEqual(
        schemaProblems(content, `${[kind, cloud].filter(Boolean).join("-")}.json`),
        [],
      );
    });
  }
});

describe("the JSON Schemas refuse", () => {
  const cases: [what: string, stack: string, field: string, value: unknown, expected: RegExp][] = [
    [
      "a setting that does not exist",
      "local.aws-use1",
      "network.natGateway",
      "single",
      /^network: .*additional/,
    ],
    [
      "a setting of another cloud",
      "local.gcp-euw1",
      "network",
      { natGateways: "single" },
      /^network: .*additional/,
    ],
    [
      "a value outside of an enum",
      "local.aws-use1",
      "nodePools.system.class",
      "web",
      /^nodePools\.system\.class: /,
    ],
    [
      "a number above its limit",
      "local.gcp-euw1",
      "network",
      { flowLogs: { sampling: 2 } },
      /sampling: must be <= 1/,
    ],
    [
      "a duration without a unit",
      "local.aws-use1",
      "stream.topics.page-views.retention",
      "30",
      /retention: must match pattern/,
    ],
    [
      "an account that is a number",
      "local.aws-use1",
      "account",
      111122223333,
      /^account: must be string/,
    ],
    ["an environment without its owner", "local", "owner", undefined, /required property 'owner'/],
    [
      "a default of cells that no cell takes",
      "local",
      "cellDefaults",
      { aws: { network: { natGateway: "single" } } },
      /^cellDefaults\.aws\.network: .*additional/,
    ],
    ["an unknown framework", "local", "frameworks", ["iso"], /^frameworks\.0: /],
    ["a field of a cell in an environment", "local", "cidr", "10.32.0.0/16", /additional/],
    [
      "a budget of a cell in the form of no cloud",
      "local",
      "budget.cells.aws-use1",
      { month: 1 },
      /^budget\.cells\.aws-use1/,
    ],
  ];
  for (const [what, stack, field, value, expected] of cases) {
    test(what, () => {
      const content = sample(stack);
      set(field, value)(content.config["atoll:manifest"]);
      assert.match(schemaProblems(content).join("\n"), expected);
    });
  }
});

test("nearly every setting has a description", () => {
  const silent: string[] = [];
  let all = 0;
  for (const file of globSync("schemas/{environment,cell-*}.json", { cwd: root })) {
    const walk = (shape: Record<string, unknown>, at: string) => {
      for (const [name, property] of Object.entries(shape.properties ?? {})) {
        all += 1;
        // A group is described by its fields, a field of cells where it is declared.
        const elsewhere = ["const", "properties", "$ref", "anyOf"].some((key) => key in property);
        if (property.description === undefined && !elsewhere) silent.push(`${file} ${at}${name}`);
        walk(property, `${at}${name}.`);
      }
      for (const key of ["additionalProperties", "items"])
        if (typeof shape[key] === "object") walk(shape[key] as Record<string, unknown>, at);
    };
    walk(JSON.parse(readFileSync(path.join(root, file), "utf8")), "");
  }
  assert.ok(silent.length < all / 8, `${silent.length} of ${all}:\n${silent.join("\n")}`);
});
