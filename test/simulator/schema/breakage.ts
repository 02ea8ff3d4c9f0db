/** Breaks a valid value in every place where its schema has a rule. */
import {
  resolved,
  type Structural,
  type StructuralTypes,
} from "../../../simulator/schema/structural/structural.ts";
import { expression } from "../../../simulator/schema/structural/values.ts";
import { childPath } from "../../../simulator/schema/value.ts";

type Value = unknown;
type Bag = Record<string, Value>;

export type Fault =
  | "unknown field"
  | "wrong type"
  | "enum"
  | "pattern"
  | "range"
  | "missing field"
  | "repeated key"
  | "repeated item"
  | "too few"
  | "too many";

/** A value with one fault. */
export interface Broken {
  readonly fault: Fault;
  /** Where it must be reported. */
  readonly path: string;
  readonly value: Value;
}

const isBag = (value: Value): value is Bag =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function* breakages(
  part: Structural,
  value: Value,
  types: StructuralTypes,
  path = "",
): Generator<Broken> {
  const schema = resolved(part, types);
  const here = (fault: Fault, changed: Value): Broken => ({ fault, path, value: changed });
  if (schema.type !== undefined || schema["x-kubernetes-int-or-string"])
    yield here("wrong type", wrongType(schema));
  if (schema.enum) yield here("enum", "no-such-value");
  if (typeof value === "string" && schema.pattern !== undefined) {
    const pattern = expression(schema.pattern);
    const bad = ["?", "", " ", "A_b!", "?".repeat(64)].find((text) => !pattern?.test(text));
    if (bad !== undefined) yield here("pattern", bad);
  }
  if (schema.minimum !== undefined) yield here("range", schema.minimum - 1);
  if (schema.maximum !== undefined) yield here("range", schema.maximum + 1);
  if (typeof value === "string") {
    if (schema.minLength) yield here("too few", value.slice(0, schema.minLength - 1));
    if (schema.maxLength) yield here("too many", value.padEnd(schema.maxLength + 1, "a"));
  }
  if (isBag(value)) yield* brokenObjects(schema, value, types, path);
  if (Array.isArray(value)) yield* brokenLists(schema, value, types, path);
}

function wrongType(schema: Structural): Value {
  if (schema["x-kubernetes-int-or-string"]) return true;
  return schema.type === "object" || schema.type === "array" ? 7 : ["a list"];
}

function* brokenObjects(
  schema: Structural,
  value: Bag,
  types: StructuralTypes,
  path: string,
): Generator<Broken> {
  const { properties = {}, additionalProperties, required = [] } = schema;
  if (additionalProperties === undefined && !schema["x-kubernetes-preserve-unknown-fields"]) {
    const at = childPath(path, "surprise");
    yield { fault: "unknown field", path: at, value: { ...value, surprise: 1 } };
  }
  for (const name of required) {
    const { [name]: _, ...rest } = value;
    yield { fault: "missing field", path: childPath(path, name), value: rest };
  }
  for (const [name, inner] of Object.entries(value)) {
    const map = typeof additionalProperties === "object" ? additionalProperties : undefined;
    const property = properties[name] ?? map;
    if (property === undefined || inner === undefined) continue;
    for (const broken of breakages(property, inner, types, childPath(path, name)))
      yield { ...broken, value: { ...value, [name]: broken.value } };
  }
}

function* brokenLists(
  schema: Structural,
  value: readonly Value[],
  types: StructuralTypes,
  path: string,
): Generator<Broken> {
  const last = childPath(path, value.length);
  if (value.length > 0) {
    const twice = [...value, value[0]];
    const kind = schema["x-kubernetes-list-type"];
    if (kind === "map") yield { fault: "repeated key", path: last, value: twice };
    if (kind === "set") yield { fault: "repeated item", path: last, value: twice };
  }
  if (schema.minItems) yield { fault: "too few", path, value: [] };
  if (schema.maxItems !== undefined)
    yield { fault: "too many", path, value: Array(schema.maxItems + 1).fill(value[0]) };
  for (const [index, item] of value.entries()) {
    if (!schema.items) continue;
    for (const broken of breakages(schema.items, item, types, childPath(path, index)))
      yield { ...broken, value: value.with(index, broken.value) };
  }
}
