import type { CheckFailure } from "./check-failure.ts";
import { checkCombinations } from "./combinations/index.ts";
import { checkGroups } from "./groups.ts";
import { didYouMean } from "./nearest.ts";
import { checkRules } from "./rules.ts";
import type { InvokeSchema, Properties, ResourceSchema, Shape } from "./shape.ts";
import { childPath, describe, isAbsent, isInternal, isObject, isUnknown } from "./value.ts";

/** The context of a check. */
interface Scope {
  readonly types: Readonly<Record<string, Properties>>;
  readonly strict: boolean;
  readonly partial: boolean;
  /** Whether an empty string counts as not set: Google's provider lists it with the values of every optional enum. */
  readonly emptyIsAbsent: boolean;
  readonly failures: CheckFailure[];
}

/**
 * Checks the inputs of a resource against its schema: unknown and missing properties, types, enums at any depth, properties
 * that exclude or require each other, and value rules of the type. Unknown values are always valid and count as set; null counts as
 * not set. Secrets must be unwrapped before.
 *
 * @returns every problem, in the order of the inputs.
 */
export function checkInputs(
  schema: ResourceSchema,
  inputs: Record<string, unknown>,
): CheckFailure[] {
  const failures = checkShape(schema.properties, inputs, {
    types: schema.types,
    strict: schema.strict ?? false,
    emptyIsAbsent: schema.type.startsWith("gcp:"),
  });
  const wrong = new Set(failures.map(({ property }) => property));
  const values = [...checkRules(schema, inputs), ...checkCombinations(schema.type, inputs)];
  return [
    ...failures,
    ...checkGroups(schema, inputs),
    ...values.filter(({ property }) => !wrong.has(property)),
  ];
}

/** Checks the arguments of a data source or function. */
export function checkArguments(
  schema: InvokeSchema,
  args: Record<string, unknown>,
): CheckFailure[] {
  return checkShape(schema.args, args, { types: schema.types, strict: false });
}

/** Checks only a value's shape. With `partial`, required properties may be missing, as in patches of Kubernetes objects. */
export function checkShape(
  properties: Properties,
  value: Record<string, unknown>,
  options: Pick<Scope, "types" | "strict"> & Partial<Pick<Scope, "partial" | "emptyIsAbsent">>,
): CheckFailure[] {
  const scope: Scope = { partial: false, emptyIsAbsent: false, ...options, failures: [] };
  checkObject(properties, value, "", scope);
  return scope.failures;
}

function checkObject(
  properties: Properties,
  value: Record<string, unknown>,
  path: string,
  scope: Scope,
): void {
  for (const [name, inner] of Object.entries(value)) {
    if (isAbsent(inner) || isInternal(name)) continue;
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const at = childPath(path, name);
    if (!property) fail(scope, at, `unknown property${didYouMean(name, settable(properties))}`);
    else if (property.computed) fail(scope, at, "is an output of the resource and cannot be set");
    else checkValue(property.type, inner, at, scope);
  }
  if (scope.partial) return;
  for (const [name, property] of Object.entries(properties)) {
    if (property.required && isAbsent(value[name]))
      fail(scope, childPath(path, name), "is required and missing");
  }
}

function settable(properties: Properties): string[] {
  return Object.entries(properties)
    .filter(([, property]) => !property.computed)
    .map(([name]) => name);
}

function checkValue(shape: Shape, value: unknown, path: string, scope: Scope): void {
  if (isUnknown(value) || isAbsent(value) || shape === "any") return;
  if (typeof shape === "string") checkScalar(shape, value, path, scope);
  else if ("ref" in shape || "fields" in shape) {
    const properties = objectProperties(shape, scope.types);
    if (isObject(value)) checkObject(properties, value, path, scope);
    else fail(scope, path, `must be an object, got ${describe(value)}`);
  } else if ("enum" in shape) checkEnum(shape.enum, value, path, scope);
  else if ("array" in shape) {
    if (!Array.isArray(value)) fail(scope, path, `must be a list, got ${describe(value)}`);
    else
      for (const [index, item] of value.entries())
        checkValue(shape.array, item, childPath(path, index), scope);
  } else if ("map" in shape) {
    if (!isObject(value)) fail(scope, path, `must be a map, got ${describe(value)}`);
    else
      for (const [key, item] of Object.entries(value))
        checkValue(shape.map, item, childPath(path, key), scope);
  } else checkAnyOf(shape.anyOf, value, path, scope);
}

/** The properties of a nested object. */
export function objectProperties(
  shape: { readonly ref: string } | { readonly fields: Properties },
  types: ResourceSchema["types"],
): Properties {
  const properties = "fields" in shape ? shape.fields : types[shape.ref];
  if (properties === undefined)
    throw new Error(`the schema has no nested type for ${JSON.stringify(shape)}`);
  return properties;
}

function checkEnum(allowed: readonly unknown[], value: unknown, path: string, scope: Scope): void {
  // Bridged providers accept an empty string for an enum that is not set.
  if (allowed.includes(value) || (value === "" && !scope.strict)) return;
  const near = typeof value === "string" ? didYouMean(value, allowed.map(String)) : "";
  fail(scope, path, `must be one of ${allowed.join(", ")}, got ${describe(value)}${near}`);
}

/** Reports the alternative with the fewest problems; if several have as many, the first that is an object. */
function checkAnyOf(shapes: readonly Shape[], value: unknown, path: string, scope: Scope): void {
  const tries = shapes.map((shape) => {
    const inner: Scope = { ...scope, failures: [] };
    checkValue(shape, value, path, inner);
    return inner.failures;
  });
  const best = tries.reduce((a, b) => (b.length < a.length ? b : a), tries[0] ?? []);
  scope.failures.push(...best);
}

function checkScalar(
  type: "string" | "number" | "boolean" | "asset",
  value: unknown,
  path: string,
  scope: Scope,
): void {
  const right = scope.strict ? typeof value === type : takes[type](value);
  if (!right) fail(scope, path, `must be ${words[type]}, got ${describe(value)}`);
}

const words = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  asset: "an asset or archive",
} as const;

/** Bridged providers convert scalars if possible. */
const takes = {
  string: (value: unknown) => typeof value !== "object",
  number: (value: unknown) =>
    typeof value === "number" ||
    (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))),
  boolean: (value: unknown) => typeof value === "boolean" || value === "true" || value === "false",
  asset: (value: unknown) => typeof value === "string" || isObject(value),
} as const;

function fail(scope: Scope, property: string, reason: string): void {
  scope.failures.push({ property, reason });
}
