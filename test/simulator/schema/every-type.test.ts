// Proves that the checks are consistent for every listed type: it cannot prove that the SDKs' declarations agree with the clouds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { keptObjects } from "../../../simulator/schema/changes/index.ts";
import {
  checkArguments,
  checkInputs,
  invokeSchema,
  outputShape,
  plan,
  type ResourceSchema,
  resourceSchema,
} from "../../../simulator/schema/index.ts";
import { minimal, wrong } from "./samples.ts";

const listed = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../tools/generate/types.json"), "utf8"),
) as {
  resources: string[];
  invokes: string[];
};
const schemas = listed.resources.map((type): ResourceSchema => {
  const schema = resourceSchema(type);
  assert.ok(schema, type);
  return schema;
});
const anySchema = fc.constantFrom(...schemas);
const text = (failures: { property: string; reason: string }[]): string[] =>
  failures.map(({ property, reason }) => `${property}: ${reason}`);

/** Problems of groups and combinations, which the smallest object of a shape does not satisfy. */
const isCombination = (failure: string): boolean =>
  / (one of .* must be given|needs .* beside it|is required (to|for|with) .*|is required, at least 1, .*|in at least two .* got one subnet)$/.test(
    failure,
  );

describe("every listed type", () => {
  test("has a schema with properties, and so has every listed function", () => {
    assert.deepEqual(
      listed.resources.filter(
        (type) => !Object.keys(resourceSchema(type)?.properties ?? {}).length,
      ),
      [],
    );
    assert.deepEqual(
      listed.invokes.filter((token) => invokeSchema(token) === undefined),
      [],
    );
  });

  test("has the listed number of types and functions", () => {
    const of = (cloud: string): number =>
      listed.resources.filter((type) => type.startsWith(`${cloud}:`)).length;
    assert.deepEqual([of("aws"), of("gcp"), of("kubernetes")], [301, 217, 1]);
    assert.equal(listed.invokes.length, 112);
    assert.equal(new Set(listed.resources).size, listed.resources.length);
  });

  test("accepts its smallest object, except for combinations of properties", () => {
    for (const schema of schemas) {
      const failures = text(checkInputs(schema, minimal(schema)));
      assert.deepEqual(
        failures.filter((failure) => !isCombination(failure)),
        [],
        schema.type,
      );
    }
  });

  test("refuses an unknown property and reports it, with any name", () => {
    const name = fc.stringMatching(/^[a-z][A-Za-z]{0,12}Zz$/);
    fc.assert(
      fc.property(anySchema, name, (schema, property) => {
        const failures = checkInputs(schema, { ...minimal(schema), [property]: "x" });
        assert.ok(
          failures.some(
            (failure) =>
              failure.property === property && failure.reason.startsWith("unknown property"),
          ),
        );
      }),
    );
  });

  test("refuses the absence of each required property, if missing or null", () => {
    for (const schema of schemas) {
      const whole = minimal(schema);
      for (const name of Object.keys(whole)) {
        const { [name]: _, ...rest } = whole;
        const missing = `${name}: is required and missing`;
        assert.ok(text(checkInputs(schema, rest)).includes(missing), `${schema.type} ${name}`);
        assert.ok(
          text(checkInputs(schema, { ...rest, [name]: null })).includes(missing),
          `${schema.type} ${name}`,
        );
      }
    }
  });

  test("refuses a value of another kind for each of its properties", () => {
    for (const schema of schemas) {
      for (const [name, property] of Object.entries(schema.properties)) {
        const value = wrong(property.type);
        if (value === undefined) continue;
        const failures = checkInputs(schema, { ...minimal(schema), [name]: value });
        assert.ok(
          failures.some((failure) => failure.property === name),
          `${schema.type} ${name}`,
        );
      }
    }
  });

  test("accepts unknown values for every input", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    for (const schema of schemas) {
      const inputs = Object.entries(schema.properties).filter(([, property]) => !property.computed);
      assert.deepEqual(
        checkInputs(schema, Object.fromEntries(inputs.map(([name]) => [name, unknown]))),
        [],
        schema.type,
      );
    }
  });

  test("plans no change between equal inputs, and reports the same properties in both directions", () => {
    fc.assert(
      fc.property(anySchema, fc.nat(), fc.nat(), (schema, a, b) => {
        // The provider ignores that some objects are removed.
        const kept = keptObjects(schema.type);
        const inputs = Object.entries(schema.properties).filter(
          ([name, property]) => !property.computed && !property.always && !kept.has(name),
        );
        const some = (seed: number): Record<string, unknown> =>
          Object.fromEntries(
            inputs
              .filter((_, index) => (seed >> (index % 20)) & 1)
              .map(([name]) => [name, { n: seed }]),
          );
        const names = (changes: { path: string }[]): string[] =>
          [...new Set(changes.map(({ path }) => path.split(/[.[]/)[0] ?? ""))].sort();
        assert.deepEqual(plan(schema, some(a), structuredClone(some(a))), []);
        assert.deepEqual(
          names(plan(schema, some(a), some(b))),
          names(plan(schema, some(b), some(a))),
        );
      }),
    );
  });

  test("replaces on every top-level property in its facts", () => {
    for (const schema of schemas) {
      for (const name of schema.replaceOn ?? []) {
        const type = schema.properties[name]?.type;
        if (name.includes(".") || type === undefined || typeof type !== "string") continue;
        const [change] = plan(
          schema,
          { [name]: type === "number" ? 1 : "a" },
          { [name]: type === "number" ? 2 : "b" },
        );
        assert.deepEqual(
          change,
          { path: name, kind: "update", replace: true },
          `${schema.type} ${name}`,
        );
      }
    }
  });

  test("shows no input-only property among its outputs", () => {
    for (const schema of schemas) {
      for (const name of Object.keys(outputShape(schema)))
        assert.notEqual(schema.properties[name]?.inputOnly, true);
    }
  });

  test("checks the arguments of a function", () => {
    const schema = invokeSchema("aws:ec2/getVpc:getVpc");
    assert.ok(schema);
    assert.deepEqual(checkArguments(schema, { filters: [{ name: "a", values: ["b"] }] }), []);
    assert.deepEqual(text(checkArguments(schema, { filter: [], filters: [{ name: "a" }] })), [
      'filter: unknown property, did you mean "filters"?',
      "filters[0].values: is required and missing",
    ]);
  });
});
