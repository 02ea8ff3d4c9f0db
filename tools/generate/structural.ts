/** Makes structural schemas small: without what checks do not need, and with parts that occur more than once written once. */
import type { Structural } from "../../simulator/schema/structural/structural.ts";

/** Applies a function to the direct parts of a schema. */
function mapParts(schema: Structural, change: (part: Structural) => Structural): Structural {
  const changed: Record<string, unknown> = { ...schema };
  for (const key of ["items", "not"] as const) {
    const part = schema[key];
    if (part) changed[key] = change(part);
  }
  for (const key of ["allOf", "anyOf", "oneOf"] as const) {
    const parts = schema[key];
    if (parts) changed[key] = parts.map(change);
  }
  if (typeof schema.additionalProperties === "object")
    changed.additionalProperties = change(schema.additionalProperties);
  if (schema.properties) {
    changed.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, change(part)]),
    );
  }
  return changed as Structural;
}

/** Keys that no check uses. */
interface Prose {
  readonly description?: unknown;
  readonly nullable?: unknown;
  readonly "x-kubernetes-map-type"?: unknown;
}

/**
 * The schema without its defaults: the server sets them before it checks, so a field with a default is never missing. Defaults of a
 * list's keys remain, because items are compared by them.
 *
 * @param keys the keys of the list whose item this is
 */
export function trimmed(schema: Structural & Prose, keys: readonly string[] = []): Structural {
  const { description: _, nullable: __, "x-kubernetes-map-type": ___, ...rest } = schema;
  const {
    default: ____,
    required,
    ...own
  } = mapParts(rest, (part) => trimmed(part, schema["x-kubernetes-list-map-keys"]));
  const byDefault = (name: string): unknown => schema.properties?.[name]?.default;
  const needed = required?.filter((name) => byDefault(name) === undefined) ?? [];
  const properties = Object.entries(own.properties ?? {}).map(
    ([name, part]) =>
      [name, keys.includes(name) ? { ...part, default: byDefault(name) } : part] as const,
  );
  return {
    ...own,
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(needed.length > 0 && { required: needed }),
  };
}

/** Shorter parts are repeated: a reference would be longer. */
const shortest = 60;

/** The schemas with references to the parts that occur more than once, and these parts. */
export function shared<Key extends string>(
  schemas: ReadonlyMap<Key, Structural>,
): { schemas: ReadonlyMap<Key, Structural>; types: Record<string, Structural> } {
  const count = new Map<string, number>();
  const visit = (schema: Structural): Structural => {
    const text = JSON.stringify(schema);
    const before = count.get(text) ?? 0;
    if (text.length > shortest) count.set(text, before + 1);
    if (before === 0) mapParts(schema, visit);
    return schema;
  };
  for (const schema of schemas.values()) mapParts(schema, visit);
  const names = new Map<string, string>();
  const types: Record<string, Structural> = {};
  const replace = (schema: Structural): Structural => {
    const text = JSON.stringify(schema);
    if ((count.get(text) ?? 0) < 2) return mapParts(schema, replace);
    const known = names.get(text);
    if (known !== undefined) return { $ref: known };
    const name = `t${names.size}`;
    names.set(text, name);
    // The place of the name in the file is that of its first use.
    types[name] = {};
    types[name] = mapParts(schema, replace);
    return { $ref: name };
  };
  const replaced = new Map(
    [...schemas].map(([key, schema]) => [key, mapParts(schema, replace)] as const),
  );
  return { schemas: replaced, types };
}
