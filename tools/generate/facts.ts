import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Facts, Properties, ResourceSchema, Shape } from "../../simulator/schema/shape.ts";
import { renamed } from "./renamed.ts";

/** Facts about the listed types as `tools/generate/facts/<cloud>.json` holds them. */
export interface FactFile {
  /** The source of the facts. */
  readonly source: string;
  readonly resources: Readonly<Record<string, Facts>>;
}

/** A fact that was omitted because the SDK has no such property. */
export interface Dropped {
  readonly type: string;
  readonly path: string;
}

const pathLists = ["replaceOn", "sets"] as const;
const groupLists = ["conflictsWith", "exactlyOneOf", "atLeastOneOf", "requiredWith"] as const;

/** Writes the facts of the listed types into the project, for later runs without the dumps. */
export function importFacts(fromFolder: string, toFolder: string, types: readonly string[]): void {
  for (const cloud of ["aws", "gcp"]) {
    const all = JSON.parse(readFileSync(join(fromFolder, `${cloud}.json`), "utf8")) as FactFile;
    const resources = Object.fromEntries(
      types
        .filter((type) => all.resources[type])
        .map((type) => [type, trim(type, all.resources[type] ?? {})]),
    );
    const lines = Object.entries(resources).map(
      ([type, facts]) => `  ${JSON.stringify(type)}: ${JSON.stringify(facts)}`,
    );
    const text = `{\n"source": ${JSON.stringify(all.source)},\n"resources": {\n${lines.join(",\n")}\n}\n}\n`;
    writeFileSync(join(toFolder, `${cloud}.json`), text);
  }
}

function trim(type: string, facts: Facts): Facts {
  const name = (path: string): string => renamed[type]?.[path] ?? path;
  const names = (paths: readonly string[]): string[] => paths.map(name);
  const { replaceOn, conflictsWith, exactlyOneOf, atLeastOneOf, requiredWith, defaults } = facts;
  return {
    ...(replaceOn && { replaceOn: names(replaceOn) }),
    ...(conflictsWith && { conflictsWith: conflictsWith.map(names) }),
    ...(exactlyOneOf && { exactlyOneOf: exactlyOneOf.map(names) }),
    ...(atLeastOneOf && { atLeastOneOf: atLeastOneOf.map(names) }),
    ...(requiredWith && { requiredWith: requiredWith.map(names) }),
    ...(defaults && {
      defaults: Object.fromEntries(
        Object.entries(defaults).map(([path, value]) => [name(path), value]),
      ),
    }),
  };
}

/** A schema with its facts. Facts about properties that the SDK does not have are omitted and passed to `onDropped`. */
export function withFacts(
  schema: ResourceSchema,
  facts: Facts | undefined,
  onDropped: (dropped: Dropped) => void,
): ResourceSchema {
  if (!facts) return schema;
  const has = (path: string): boolean => shapeAt(schema, path) !== undefined;
  const known = (path: string): boolean => {
    const found = has(path);
    if (!found) onDropped({ type: schema.type, path });
    return found;
  };
  const merged: Record<string, unknown> = {};
  for (const key of pathLists) {
    const paths = facts[key]?.filter(known);
    if (paths && paths.length > 0) merged[key] = paths;
  }
  for (const key of groupLists) {
    // Without one of its properties "one of these is required" is wrong; "these are mutually exclusive" is right for the others.
    const whole = key === "exactlyOneOf" || key === "atLeastOneOf";
    const groups = facts[key]
      ?.map((group) =>
        group.every(known) || whole || !known(group[0] ?? "") ? group : group.filter(known),
      )
      .filter((group) => group.length > 1 && group.every(has));
    if (groups && groups.length > 0) merged[key] = groups;
  }
  const defaults = Object.fromEntries(
    Object.entries(facts.defaults ?? {}).filter(([path]) => known(path)),
  );
  if (Object.keys(defaults).length > 0) merged.defaults = defaults;
  return { ...schema, ...merged };
}

/** The shape at a dotted path, through arrays and maps; undefined when there is no such property. */
export function shapeAt(
  schema: Pick<ResourceSchema, "properties" | "types">,
  path: string,
): Shape | undefined {
  let shape: Shape | undefined;
  let properties: Properties | undefined = schema.properties;
  for (const name of path.split(".")) {
    shape = properties && Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
    if (shape === undefined) return undefined;
    let inner: Shape = shape;
    while (typeof inner === "object" && ("array" in inner || "map" in inner)) {
      inner = "array" in inner ? inner.array : inner.map;
    }
    properties = typeof inner === "object" && "ref" in inner ? schema.types[inner.ref] : undefined;
  }
  return shape;
}
