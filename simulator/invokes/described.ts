/** A resource in the terms of the data source that describes it. */
import type { InvokeSchema, Properties, Property, Shape } from "../schema/index.ts";
import type { Resource } from "../store.ts";
import { type Bag, isBag } from "../wire.ts";

/** The properties of the data source that the resource has. */
export function describe(resource: Resource, { result, types }: InvokeSchema): Bag {
  const said = (name: string) => saidUnder(name, resource);
  return { ...fieldsOf(result, types, said, resource.state), id: resource.id };
}

type Types = Readonly<Record<string, Properties>>;

function fieldsOf(
  fields: Properties,
  types: Types,
  said: (name: string) => Bag[string],
  state: Bag,
): Bag {
  const entries = Object.entries(fields).map(([name, property]) => {
    const value = said(name);
    const listed = isList(property.type) && !Array.isArray(value);
    const given = listed ? blocksOf(name, property, value, state) : value;
    return [name, shaped(given, property.type, types)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Nested objects follow the same rules. */
function shaped(value: Bag[string], type: Shape, types: Types): Bag[string] {
  if (typeof type !== "object") return value;
  if ("array" in type && Array.isArray(value)) {
    return value.map((each) => shaped(each, type.array, types));
  }
  const fields = "ref" in type ? types[type.ref] : undefined;
  if (fields === undefined || !isBag(value)) return value;
  return { ...value, ...fieldsOf(fields, types, (name) => value[name], value) };
}

function isList(type: Shape): boolean {
  return typeof type === "object" && "array" in type;
}

/** Data sources give as a list what the resource has at most once: `encryptions` for `encryption`. */
function blocksOf(name: string, { always }: Property, value: Bag[string], state: Bag): Bag[string] {
  if (value !== undefined) return [value];
  const singular = [/ies$/, /es$/, /s$/].map((end) =>
    name.replace(end, end.source === "ies$" ? "y" : ""),
  );
  const once = singular.find((word) => isBag(state[word]));
  if (once !== undefined) return [state[once]];
  return always ? [] : undefined;
}

/** A property by its name in the data source, which may omit the noun: `members` for `globalClusterMembers`. */
export function saidUnder(name: string, { state, type }: Resource): Bag[string] {
  const noun = type.split(/[/:]/)[2] ?? "";
  return state[name] ?? state[`${noun}${name.charAt(0).toUpperCase()}${name.slice(1)}`];
}
