/** The fields of manifests by the JSON Schemas, and the fields that config files set. */
import { readFileSync } from "node:fs";
import path from "node:path";

interface Shape {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Shape>>;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
}

type Value = unknown;

const folder = path.resolve(import.meta.dirname, "../../schemas");

/** The schema of a kind of config file, for example `cell-aws`. */
export function manifestShape(name: string): Shape {
  const file = JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8"));
  return { ...file.properties.config.properties["atoll:manifest"], $defs: file.$defs };
}

/** The schemas that apply to a value: itself, what it refers to, and its alternatives. */
function parts(shape: Shape, root: Shape): Shape[] {
  const found = shape.$ref === undefined ? [] : [root.$defs?.[shape.$ref.split("/").at(-1) ?? ""]];
  const more = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? []), ...found];
  return [shape, ...more.flatMap((part) => (part ? parts(part, root) : []))];
}

/** Whether a field exists only so that its refusal can say what to do instead. */
function isNever(shape: Shape): boolean {
  const says = Object.keys(shape).filter((key) => key !== "description" && key !== "default");
  return says.length === 0 || "not" in shape;
}

/** Paths of all fields that may be set: `stream.topics.*.partitions`, with `*` for a name and for each item of a list. */
export function allFields(root: Shape, shape = root, at = ""): Set<string> {
  const found = new Set<string>();
  for (const { properties = {}, additionalProperties, items } of parts(shape, root)) {
    const below = (inner: Shape, name: string, isField: boolean): void => {
      const here = at === "" ? name : `${at}.${name}`;
      if (isField) found.add(here);
      for (const field of allFields(root, inner, here)) found.add(field);
    };
    for (const [name, inner] of Object.entries(properties))
      if (!isNever(inner)) below(inner, name, true);
    if (typeof additionalProperties === "object") below(additionalProperties, "*", false);
    if (typeof items === "object") below(items, "*", false);
  }
  return found;
}

/** Paths of the fields that a manifest sets, in the form of `allFields`. */
export function setFields(root: Shape, value: Value, shape = root, at = ""): Set<string> {
  const found = new Set<string>();
  if (typeof value !== "object" || value === null) return found;
  const shapes = parts(shape, root);
  const add = (name: string, inner: Value, next: Shape | undefined, isField: boolean): void => {
    const here = at === "" ? name : `${at}.${name}`;
    if (isField) found.add(here);
    if (next) for (const field of setFields(root, inner, next, here)) found.add(field);
  };
  const any = (shapesOf: (part: Shape) => Shape | boolean | undefined): Shape | undefined => {
    const next = shapes.map(shapesOf).filter((part): part is Shape => typeof part === "object");
    return next.length === 0 ? undefined : { anyOf: next };
  };
  for (const [name, inner] of Object.entries(value)) {
    const property = any(({ properties }) => properties?.[name]);
    if (Array.isArray(value))
      add(
        "*",
        inner,
        any(({ items }) => items),
        false,
      );
    else if (property) add(name, inner, property, true);
    else
      add(
        "*",
        inner,
        any(({ additionalProperties }) => additionalProperties),
        false,
      );
  }
  return found;
}
