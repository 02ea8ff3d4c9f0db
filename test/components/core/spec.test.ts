import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { BlueprintError } from "../../../components/core/errors.ts";
import { checkSpec, didYouMean, parseSpec } from "../../../components/core/spec.ts";

const pool = z.strictObject({
  size: z.int().min(1).max(5),
  capacity: z.enum(["spot", "on-demand"]).default("spot"),
});
const schema = z
  .strictObject({
    place: z.discriminatedUnion("cloud", [
      z.strictObject({ cloud: z.literal("aws"), zones: z.array(z.string()).min(2).max(4) }),
      z.strictObject({ cloud: z.literal("gcp"), share: z.number().gt(0).max(1) }),
    ]),
    pools: z
      .record(z.string().regex(/^[a-z]+$/, { error: "must be lower case" }), pool)
      .default({}),
    logs: z.union([z.literal("none"), z.strictObject({ days: z.int() }), z.boolean()]).optional(),
    nested: z
      .strictObject({ deep: z.strictObject({ word: z.string().min(2).max(4) }).optional() })
      .optional(),
    pair: z.tuple([z.string(), z.string().length(3)]).optional(),
    byName: z.record(z.enum(["alpha", "beta"]), z.string()).optional(),
    cron: z.string().regex(/^\d+$/).optional(),
    url: z.url().optional(),
    step: z.number().multipleOf(5).optional(),
    positive: z.int().positive().optional(),
  })
  .transform((spec) => spec);

const good = { place: { cloud: "aws", zones: ["a", "b"] } };

describe("each kind of mistake has one plain message with its path", () => {
  const cases: [string, object, string, RegExp][] = [
    ["an unknown field", { zone: 1 }, "zone", /^unknown field; known are place, pools/],
    ["a near miss", { pols: {} }, "pols", /^unknown field, did you mean "pools"\?$/],
    [
      "a near miss in a record",
      { pools: { a: { size: 1, capasity: "spot" } } },
      "pools.a.capasity",
      /did you mean "capacity"/,
    ],
    [
      "a near miss behind optional",
      { nested: { deep: { wrod: "ab", word: "ab" } } },
      "nested.deep.wrod",
      /did you mean "word"/,
    ],
    [
      "a near miss in a union's branch",
      { place: { ...good.place, zone: [] } },
      "place.zone",
      /did you mean "zones"/,
    ],
    [
      "a near miss in a plain union",
      { logs: { days: 3, day: 3 } },
      "logs.day",
      /did you mean "days"/,
    ],
    [
      "a branch that does not exist",
      { place: { cloud: "asw" } },
      "place.cloud",
      /^must be one of "aws", "gcp", did you mean "aws"\?$/,
    ],
    ["no branch", { place: {} }, "place.cloud", /^is required: must be one of "aws", "gcp"$/],
    [
      "a number out of range",
      { pools: { a: { size: 9 } } },
      "pools.a.size",
      /^must be a whole number from 1 to 5$/,
    ],
    [
      "half a number",
      { pools: { a: { size: 1.5 } } },
      "pools.a.size",
      /^must be a whole number from 1 to 5$/,
    ],
    [
      "a word for a number",
      { pools: { a: { size: "x" } } },
      "pools.a.size",
      /^must be a whole number from 1 to 5$/,
    ],
    [
      "a missing number",
      { pools: { a: {} } },
      "pools.a.size",
      /^is required: must be a whole number from 1 to 5$/,
    ],
    [
      "an open end",
      { place: { cloud: "gcp", share: 0 } },
      "place.share",
      /^must be a number, more than 0 and at most 1$/,
    ],
    ["only a lower end", { positive: 0 }, "positive", /^must be a whole number, more than 0$/],
    [
      "a value outside an enum",
      { pools: { a: { size: 1, capacity: "sport" } } },
      "pools.a.capacity",
      /"spot", "on-demand", did you mean "spot"/,
    ],
    [
      "too few entries",
      { place: { cloud: "aws", zones: [] } },
      "place.zones",
      /^must have 2 to 4 entries$/,
    ],
    [
      "too long a text",
      { nested: { deep: { word: "abcde" } } },
      "nested.deep.word",
      /^must have 2 to 4 characters$/,
    ],
    ["a text of the wrong length", { pair: ["a", "b"] }, "pair[1]", /^must have 3 characters$/],
    ["a list for a map", { pools: [] }, "pools", /^must be a map of names to values$/],
    [
      "a bad name in a record",
      { pools: { A: { size: 1 } } },
      "pools.A",
      /^the name must be lower case$/,
    ],
    [
      "an unknown name in a record",
      { byName: { alpha: "x", beta: "y", gama: "z" } },
      "byName.gama",
      /unknown field/,
    ],
    [
      "no form of a union",
      { logs: 5 },
      "logs",
      /^must be "none", or a map of fields, or true or false$/,
    ],
    ["a text without its form", { cron: "x" }, "cron", /^must match \/\^\\d\+\$\/$/],
    ["a text of no known format", { url: "x" }, "url", /^must be a valid url$/],
    ["a number between steps", { step: 3 }, "step", /^must be a multiple of 5$/],
  ];
  for (const [what, wrong, path, message] of cases) {
    test(what, () => {
      const { problems } = checkSpec(schema, { ...good, ...wrong }, "cell.yaml");
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [`cell.yaml: ${path}`],
      );
      assert.match(problems[0]!.message, message);
    });
  }

  test("no terms of the library appear, for any input", () => {
    fc.assert(
      fc.property(
        fc.record({ place: fc.anything(), pools: fc.anything(), logs: fc.anything() }),
        (data) => {
          for (const { message } of checkSpec(schema, data, "x").problems) {
            assert.doesNotMatch(message, /invalid|expected|received|input/i);
          }
        },
      ),
    );
  });
});

describe("a spec", () => {
  test("comes back with its defaults", () => {
    assert.deepEqual(parseSpec(schema, good, "x"), { ...good, pools: {} });
  });

  test("with several problems throws one error that lists all of them with the given values", () => {
    assert.throws(
      () =>
        parseSpec(
          schema,
          { place: { cloud: "aws", zones: ["a"] }, pools: { a: { size: 0 } } },
          "cell.yaml",
        ),
      (error: unknown) => {
        assert.ok(error instanceof BlueprintError);
        assert.equal(error.code, "manifest-invalid");
        assert.equal(
          error.message,
          [
            "cell.yaml is not valid:",
            '  - cell.yaml: place.zones: must have 2 to 4 entries (got ["a"])',
            "  - cell.yaml: pools.a.size: must be a whole number from 1 to 5 (got 0)",
          ].join("\n"),
        );
        return true;
      },
    );
  });
});

describe("did you mean", () => {
  test("a name with one wrong letter is found among any others", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{6,12}$/), { minLength: 1 }),
        fc.nat(),
        (known, pick) => {
          const meant = known[pick % known.length]!;
          assert.match(didYouMean(`${meant}q`, known), /did you mean "[a-z]+"/);
        },
      ),
    );
  });

  test("without a similar name lists the known names, or nothing with `list: false`", () => {
    assert.equal(didYouMean("xyzzy", ["alpha", "beta"]), "; known are alpha, beta");
    assert.equal(didYouMean("xyzzy", ["alpha", "beta"], { list: false }), "");
    assert.equal(didYouMean("xyzzy", []), "");
  });
});
