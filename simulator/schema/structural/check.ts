import { isDeepStrictEqual } from "node:util";
import type { CheckFailure } from "../check-failure.ts";
import { didYouMean } from "../nearest.ts";
import { childPath, describe, holdsUnknown, isAbsent, isObject, isUnknown } from "../value.ts";
import { repeatedKeys } from "./keys.ts";
import { resolved, type Structural, type StructuralTypes } from "./structural.ts";
import { valueReasons } from "./values.ts";

interface Scope {
  readonly types: StructuralTypes;
  /** Whether fields without a schema are refused. Not inside of `anyOf` and the like, which name only the fields of their condition. */
  readonly strict: boolean;
  /** Whether required fields may be missing, as in a patch. */
  readonly partial: boolean;
  readonly failures: CheckFailure[];
}

/**
 * Checks a value as an API server does when a custom resource is applied: fields without a schema, wrong types, missing fields, values
 * and repeated keys of lists are refused. Null counts as not set; an unknown value is valid. Interpreted, because most schemas are used
 * once and compiling one takes longer than all its checks.
 *
 * @returns every problem, in the order of the value.
 */
export function checkStructural(
  schema: Structural,
  value: unknown,
  path: string,
  { types = {}, partial = false }: { types?: StructuralTypes; partial?: boolean } = {},
): CheckFailure[] {
  const scope: Scope = { types, strict: true, partial, failures: [] };
  check(schema, value, path, scope);
  return scope.failures;
}

function check(part: Structural, value: unknown, path: string, scope: Scope): void {
  if (isUnknown(value) || isAbsent(value)) return;
  const schema = resolved(part, scope.types);
  const fits = hasType(schema, value);
  if (!fits) fail(scope, path, `must be ${typeWord(schema)}, got ${describe(value)}`);
  else if (Array.isArray(value)) checkList(schema, value, path, scope);
  else if (isObject(value)) checkObject(schema, value, path, scope);
  else for (const reason of valueReasons(schema, value)) fail(scope, path, reason);
  if (fits) checkConditions(schema, value, path, scope);
}

function hasType(schema: Structural, value: unknown): boolean {
  if (schema["x-kubernetes-int-or-string"])
    return typeof value === "string" || Number.isInteger(value);
  switch (schema.type) {
    case undefined:
      return true;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === schema.type;
  }
}

const words = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  object: "an object",
  string: "a string",
} as const;

function typeWord(schema: Structural): string {
  if (schema["x-kubernetes-int-or-string"]) return "a whole number or a string";
  return schema.type === undefined ? "valid" : words[schema.type];
}

function checkObject(
  schema: Structural,
  value: Record<string, unknown>,
  path: string,
  scope: Scope,
): void {
  const { properties = {}, additionalProperties, required = [] } = schema;
  for (const [name, inner] of Object.entries(value)) {
    if (isAbsent(inner)) continue;
    const at = childPath(path, name);
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property) check(property, inner, at, scope);
    else if (typeof additionalProperties === "object")
      check(additionalProperties, inner, at, scope);
    else if (isClosed(schema, name, scope))
      fail(scope, at, `unknown property${didYouMean(name, Object.keys(properties))}`);
  }
  const needed = scope.partial ? [] : [...required, ...embedded(schema)];
  for (const name of needed) {
    // The server sets defaults before it checks.
    if (isAbsent(value[name]) && properties[name]?.default === undefined)
      fail(scope, childPath(path, name), "is required and missing");
  }
  const size = Object.values(value).filter((inner) => !isAbsent(inner)).length;
  checkSize(size, [schema.minProperties, schema.maxProperties], "entries", path, scope);
}

/** The fields of an object that is a whole Kubernetes object. */
function embedded(schema: Structural): readonly string[] {
  return schema["x-kubernetes-embedded-resource"] ? ["apiVersion", "kind"] : [];
}

/** Whether the schema refuses a field that it does not have. */
function isClosed(schema: Structural, name: string, scope: Scope): boolean {
  if (!scope.strict || schema.additionalProperties === true) return false;
  if (schema["x-kubernetes-embedded-resource"] && ["metadata", ...embedded(schema)].includes(name))
    return false;
  return !schema["x-kubernetes-preserve-unknown-fields"];
}

function checkList(schema: Structural, value: unknown[], path: string, scope: Scope): void {
  const { items, uniqueItems } = schema;
  if (items)
    for (const [index, item] of value.entries()) check(items, item, childPath(path, index), scope);
  checkSize(value.length, [schema.minItems, schema.maxItems], "items", path, scope);
  const keys = schema["x-kubernetes-list-map-keys"];
  if (schema["x-kubernetes-list-type"] === "map" && keys) {
    const properties = items && resolved(items, scope.types).properties;
    const byDefault = (key: string) => keyDefault(properties?.[key], scope.types);
    scope.failures.push(...repeatedKeys(keys, value, path, byDefault));
  } else if (schema["x-kubernetes-list-type"] === "set" || uniqueItems)
    checkSet(value, path, scope);
}

function checkSet(value: readonly unknown[], path: string, scope: Scope): void {
  for (const [index, item] of value.entries()) {
    const first = value.findIndex((other) => isDeepStrictEqual(other, item));
    if (first < index && !holdsUnknown(item))
      fail(scope, childPath(path, index), `repeats item ${first}: ${describe(item)}`);
  }
}

function keyDefault(property: Structural | undefined, types: StructuralTypes): unknown {
  return property && resolved(property, types).default;
}

function checkSize(
  size: number,
  [least, most]: readonly [number | undefined, number | undefined],
  unit: string,
  path: string,
  scope: Scope,
): void {
  if (least !== undefined && size < least)
    fail(scope, path, `must have at least ${least} ${unit}, got ${size}`);
  if (most !== undefined && size > most)
    fail(scope, path, `must have at most ${most} ${unit}, got ${size}`);
}

/** `allOf`, `anyOf`, `oneOf` and `not`. What depends on an unknown value is decided once it is known. */
function checkConditions(schema: Structural, value: unknown, path: string, scope: Scope): void {
  const { allOf = [], anyOf, oneOf, not } = schema;
  const tried = (one: Structural): CheckFailure[] => {
    const inner: Scope = { ...scope, strict: false, failures: [] };
    check(one, value, path, inner);
    return inner.failures;
  };
  for (const one of allOf) scope.failures.push(...tried(one));
  // Types of int-or-string are already checked.
  if (anyOf && !schema["x-kubernetes-int-or-string"])
    scope.failures.push(...fewest(anyOf.map(tried)));
  if (oneOf) {
    const tries = oneOf.map(tried);
    const matching = tries.filter((failures) => failures.length === 0).length;
    if (matching === 0) scope.failures.push(...fewest(tries));
    else if (matching > 1 && !holdsUnknown(value))
      fail(
        scope,
        path,
        `matches ${matching} of the alternatives that exclude each other${alternatives(oneOf)}`,
      );
  }
  if (not && !scope.partial && tried(not).length === 0 && !holdsUnknown(value))
    fail(scope, path, `must not match ${JSON.stringify(not)}`);
}

function fewest(tries: readonly CheckFailure[][]): readonly CheckFailure[] {
  return tries.reduce((a, b) => (b.length < a.length ? b : a), tries[0] ?? []);
}

/** The fields that the alternatives require, for the message. */
function alternatives(schemas: readonly Structural[]): string {
  const names = [...new Set(schemas.flatMap(({ required = [] }) => required))];
  return names.length === 0 ? "" : `: ${names.join(", ")}`;
}

function fail(scope: Scope, property: string, reason: string): void {
  scope.failures.push({ property, reason });
}
