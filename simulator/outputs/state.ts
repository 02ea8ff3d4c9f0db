/** A resource's complete state: its inputs with defaults, and everything that the cloud computes. */
import type { Properties, Property, ResourceSchema, Shape } from "../schema/shape.ts";
import { nounOf, packageOf } from "../urn.ts";
import { type Bag, isBag, UNKNOWN } from "../wire.ts";
import { awsIdRule, awsRules } from "./aws.ts";
import { gcpIdRule, gcpRules } from "./gcp.ts";
import { generalValue } from "./general.ts";
import { evaluate, type Making, type TypeRules } from "./making.ts";

/** Outputs that a provider knows before creation. */
const knownEarly = new Set(["region", "project", "tagsAll", "effectiveLabels", "pulumiLabels"]);

export function rulesOf(type: string): TypeRules {
  return (packageOf(type) === "aws" ? awsRules : gcpRules)[type] ?? {};
}

/** The id that the real provider returns for this type. */
export function idOf(making: Making): string {
  const { schema } = making;
  const rule =
    rulesOf(schema.type).id ?? (making.place.cloud === "aws" ? awsIdRule : gcpIdRule)(making);
  return String(evaluate(rule, making, "id"));
}

/**
 * @param preview in a preview, computed values are unknown, and values that an update does not change stay known
 */
export function stateOf(making: Making, preview: boolean): Bag {
  const { schema, inputs } = making;
  const rules = rulesOf(schema.type);
  const state: Bag = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    if (property.inputOnly) continue;
    const given = inputs[name] ?? schema.defaults?.[name];
    if (given !== undefined && given !== null && !property.computed) {
      state[name] = complete(given, property.type, name, making, preview);
    } else if (property.computed || property.always || rules.outputs?.[name] !== undefined) {
      state[name] = added(name, property, rules, making, preview);
    }
  }
  return state;
}

function added(
  name: string,
  property: Property,
  rules: TypeRules,
  making: Making,
  preview: boolean,
): unknown {
  const { previous } = making;
  const isVolatile = rules.volatile?.includes(name) ?? false;
  const early = knownEarly.has(name);
  if (previous?.[name] !== undefined && !isVolatile && !early) return previous[name];
  if (preview && !early) return UNKNOWN;
  const rule = rules.outputs?.[name];
  if (rule !== undefined) return evaluate(rule, making, name);
  if (early && name !== "region" && name !== "project") return ownTags(making);
  return generalValue(name, property, name, making);
}

function ownTags({ inputs }: Making): unknown {
  return inputs.tags ?? inputs.labels ?? inputs.resourceLabels ?? {};
}

/** An input with nested defaults and nested outputs. */
function complete(
  value: unknown,
  shape: Shape,
  at: string,
  making: Making,
  preview: boolean,
): unknown {
  if (typeof shape !== "object") return value;
  if ("array" in shape && Array.isArray(value)) {
    return value.map((item, index) =>
      complete(item, shape.array, `${at}.${index}`, making, preview),
    );
  }
  if (!isBag(value)) return value;
  const object: Bag = { ...value };
  for (const [name, property] of Object.entries(fieldsOf(making.schema, shape))) {
    const path = `${at}.${name}`;
    if (value[name] !== undefined && value[name] !== null) {
      object[name] = complete(value[name], property.type, path, making, preview);
      continue;
    }
    const fact = making.schema.defaults?.[path.replace(/\.\d+(?=\.)/g, "")];
    if (fact !== undefined) object[name] = fact;
    else if (property.computed || property.always)
      object[name] = nested(name, property, path, making, preview);
  }
  return object;
}

function nested(
  name: string,
  property: Property,
  path: string,
  making: Making,
  preview: boolean,
): unknown {
  const before = path.split(".").reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isBag(inner) ? inner[key] : undefined;
  }, making.previous);
  if (before !== undefined) return before;
  if (preview) return UNKNOWN;
  const rule = rulesOf(making.schema.type).outputs?.[path];
  return rule === undefined
    ? generalValue(name, property, path, making)
    : evaluate(rule, making, path);
}

/** The properties of a nested object; none for other shapes. */
function fieldsOf(schema: ResourceSchema, shape: Exclude<Shape, string>): Properties {
  if ("fields" in shape) return shape.fields;
  return "ref" in shape ? (schema.types[shape.ref] ?? {}) : {};
}

/** Pointers of outputs that are always secret. */
export function secretOutputs(schema: ResourceSchema, state: Bag): string[] {
  const declared = Object.entries(schema.properties).filter(([, property]) => property.secret);
  const names = declared.map(([name]) => name).filter((name) => state[name] !== undefined);
  if (schema.type.startsWith("gcp:container/cluster:") && isBag(state.masterAuth))
    names.push("masterAuth");
  if (nounOf(schema.type) === "accessKey" && state.secret !== undefined) names.push("secret");
  return [...new Set(names)].map((name) => `/${name}`);
}
