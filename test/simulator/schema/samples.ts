// Generates values that a schema accepts, for property tests. Values are generated from shapes and rules only, without knowledge of
// specific types.
import type { Properties, ResourceSchema, Shape } from "../../../simulator/schema/index.ts";
import { type Rule, rulesOf } from "../../../simulator/schema/rules.ts";
import { unknownValue } from "../../../simulator/schema/value.ts";

/** The smallest object with every required property, at every depth. Strings are unknown values, because rules check their content. */
export function minimal(schema: ResourceSchema): Record<string, unknown> {
  const rules = rulesOf(schema.type);
  const object = (properties: Properties, plain: string): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([, property]) => property.required)
        .map(([name, property]) => {
          const path = plain === "" ? name : `${plain}.${name}`;
          return [name, value(property.type, path)];
        }),
    );
  const value = (shape: Shape, plain: string): unknown => {
    if (typeof shape === "string") return scalar(shape, rules.get(plain));
    if ("enum" in shape) return shape.enum[0];
    if ("array" in shape) {
      const count = Math.max(1, rules.get(plain)?.items?.[0] ?? 1);
      return Array.from({ length: count }, () => value(shape.array, plain));
    }
    if ("map" in shape) return {};
    if ("fields" in shape) return object(shape.fields, plain);
    if ("ref" in shape) return object(schema.types[shape.ref] ?? {}, plain);
    return value(shape.anyOf[0] ?? "any", plain);
  };
  return object(schema.properties, "");
}

function scalar(type: Exclude<Shape, object>, rule: Rule | undefined): unknown {
  if (type === "boolean") return true;
  if (type === "number") return rule?.oneOf?.[0] ?? rule?.min ?? 1;
  return type === "any" || type === "asset" ? {} : unknownValue;
}

/** A value of a type that the shape does not accept, or undefined if it accepts everything. */
export function wrong(shape: Shape): unknown {
  if (shape === "any" || shape === "asset") return undefined;
  if (shape === "string") return ["a", "list"];
  if (typeof shape === "string") return "neither number nor truth";
  if ("enum" in shape) return "no such value";
  if ("array" in shape) return { an: "object" };
  if ("map" in shape || "ref" in shape || "fields" in shape) return "a text";
  return undefined;
}
