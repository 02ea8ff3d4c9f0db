// The rules of structural schemas, on small ones. Rules in CEL are not part of them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkStructural, unknownValue } from "../../../simulator/schema/index.ts";
import type { Structural } from "../../../simulator/schema/structural/structural.ts";

const check = (schema: Structural, value: unknown, partial = false): string[] =>
  checkStructural(schema, value, "x", { partial }).map(
    ({ property, reason }) => `${property}: ${reason}`,
  );

describe("strings", () => {
  test("formats that an API server checks are checked, others are not", () => {
    const right: Record<string, string[]> = {
      byte: ["", "YQ==", "YWI="],
      cidr: ["10.0.0.0/8", "2001:db8::/32"],
      date: ["2026-12-01"],
      "date-time": ["2026-12-01T10:00:00Z", "2026-12-01T10:00:00.5+09:00"],
      duration: ["0", "1h30m", "1.5s", "100ms"],
      email: ["a@b.example"],
      hostname: ["a.example"],
      ipv4: ["10.0.0.1"],
      ipv6: ["::1"],
      mac: ["00:11:22:aa:bb:cc"],
      uri: ["https://a.example/b"],
      uuid: ["0f8fad5b-d9cb-469f-a165-70867728950e"],
    };
    for (const [format, values] of Object.entries(right)) {
      for (const value of values) assert.deepEqual(check({ type: "string", format }, value), []);
      assert.match(
        check({ type: "string", format }, "no such thing").join(),
        new RegExp(`must be of format ${format}`),
      );
    }
    assert.deepEqual(check({ type: "string", format: "cidr" }, "10.0.0.0/33").length, 1);
    assert.deepEqual(check({ type: "string", format: "secret-name" }, "any thing"), []);
  });

  test("patterns are Go's: without regard to case, and with its end of text", () => {
    assert.deepEqual(check({ type: "string", pattern: "(?i)^ab\\z" }, "AB"), []);
    assert.equal(check({ type: "string", pattern: "(?i)^ab\\z" }, "abc").length, 1);
    // A character is counted once, whatever its bytes.
    assert.deepEqual(check({ type: "string", maxLength: 1 }, "😀"), []);
  });
});

describe("numbers", () => {
  test("have limits, which may be exclusive, and fit their format", () => {
    const limits: Structural = { type: "number", minimum: 1, exclusiveMinimum: true, maximum: 3 };
    assert.deepEqual([check(limits, 1.5), check(limits, 3)], [[], []]);
    assert.deepEqual(check(limits, 1), ["x: must be > 1, got 1"]);
    assert.deepEqual(check(limits, 4), ["x: must be <= 3, got 4"]);
    assert.deepEqual(check({ type: "integer", multipleOf: 2 }, 3), [
      "x: must be a multiple of 2, got 3",
    ]);
    assert.deepEqual(check({ type: "integer", format: "int32" }, 2 ** 31), [
      "x: must be a 32-bit number, got 2147483648",
    ]);
    assert.deepEqual(check({ type: "integer" }, 1.5), ["x: must be a whole number, got 1.5"]);
  });
});

describe("objects", () => {
  const open: Structural = {
    type: "object",
    properties: { a: { type: "string" } },
    "x-kubernetes-preserve-unknown-fields": true,
  };
  test("keep unknown fields where the definition says so, but check the known ones", () => {
    assert.deepEqual(check(open, { a: "b", c: { d: 1 } }), []);
    assert.deepEqual(check(open, { a: 1 }), ["x.a: must be a string, got 1"]);
  });
  test("of Kubernetes inside of another have their own fields", () => {
    const embedded: Structural = { type: "object", "x-kubernetes-embedded-resource": true };
    assert.deepEqual(check(embedded, { apiVersion: "v1", kind: "Pod", metadata: {} }), []);
    assert.deepEqual(check(embedded, { kind: "Pod", spec: {} }), [
      "x.spec: unknown property",
      "x.apiVersion: is required and missing",
    ]);
  });
  test("have what is required, unless it has a default, is a patch, or is null", () => {
    const schema: Structural = {
      type: "object",
      required: ["a", "b"],
      properties: { a: { type: "string" }, b: { type: "string", default: "c" } },
    };
    assert.deepEqual(check(schema, { a: null }), ["x.a: is required and missing"]);
    assert.deepEqual(check(schema, {}, true), []);
  });
  test("may be limited in their size", () => {
    const map: Structural = {
      type: "object",
      additionalProperties: { type: "string" },
      minProperties: 1,
      maxProperties: 1,
    };
    assert.deepEqual(check(map, { any: "b" }), []);
    assert.deepEqual(check(map, {}), ["x: must have at least 1 entries, got 0"]);
    assert.equal(check(map, { a: "b", c: "d" }).length, 1);
  });
});

describe("lists", () => {
  test("that are sets or maps have no item twice; unknown items may be equal", () => {
    const set: Structural = { type: "array", "x-kubernetes-list-type": "set" };
    assert.deepEqual(check(set, ["a", "b"]), []);
    assert.deepEqual(check(set, ["a", "b", "a"]), ['x[2]: repeats item 0: "a"']);
    assert.deepEqual(check(set, [unknownValue, unknownValue]), []);
    const map: Structural = {
      type: "array",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["port", "protocol"],
      items: {
        type: "object",
        properties: { port: { type: "integer" }, protocol: { type: "string", default: "TCP" } },
      },
    };
    assert.deepEqual(check(map, [{ port: 1 }, { port: 1, protocol: "UDP" }]), []);
    assert.deepEqual(check(map, [{ port: 1 }, { port: 1, protocol: "TCP" }]), [
      "x[1]: has the port and protocol of item 0: 1, TCP",
    ]);
  });
});

describe("conditions", () => {
  const one = (name: string): Structural => ({ required: [name] });
  const fields = { type: "object", properties: { a: {}, b: {} } } as const;
  test("exactly one, at least one, all, none", () => {
    const exactly: Structural = { ...fields, oneOf: [one("a"), one("b")] };
    assert.deepEqual(check(exactly, { a: 1 }), []);
    assert.deepEqual(check(exactly, {}), ["x.a: is required and missing"]);
    assert.deepEqual(check(exactly, { a: 1, b: 1 }), [
      "x: matches 2 of the alternatives that exclude each other: a, b",
    ]);
    const least: Structural = { ...fields, anyOf: [one("a"), one("b")] };
    assert.deepEqual([check(least, { b: 1 }), check(least, {}).length], [[], 1]);
    assert.equal(check({ ...fields, allOf: [one("a"), one("b")] }, { a: 1 }).length, 1);
    assert.equal(check({ ...fields, not: one("a") }, { a: 1 }).length, 1);
  });
  test("are decided when their values are known", () => {
    const exactly: Structural = {
      ...fields,
      oneOf: [{ properties: { a: { enum: [1] } } }, { properties: { a: { enum: [2] } } }],
    };
    assert.deepEqual(check(exactly, { a: unknownValue }), []);
    assert.equal(check(exactly, { a: 3 }).length, 1);
  });
});
