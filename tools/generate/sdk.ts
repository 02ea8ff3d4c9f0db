import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Properties, Shape } from "../../simulator/schema/shape.ts";
import { type Declared, enumsOf, interfacesOf, parseFile } from "./declarations.ts";
import { type Member, mergeSides, type Resolve, readMembers } from "./shape.ts";

/** An installed Pulumi SDK: the files of its resources and functions, and its nested types. */
export interface Sdk {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  /** Resource type token to the path of its module, without extension. */
  readonly resources: ReadonlyMap<string, string>;
  /** Function token to the path of its module, without extension. */
  readonly functions: ReadonlyMap<string, string>;
  /** Resolves a name in a declaration of this SDK. */
  readonly resolve: Resolve;
  /** The nested objects that the shapes refer to, directly or indirectly. */
  typesOf(shapes: Iterable<Shape>): Record<string, Properties>;
}

const require = createRequire(import.meta.url);

/** Indexes an SDK's files and its shared types. */
export function openSdk(name: string): Sdk {
  const manifest = require.resolve(`@pulumi/${name}/package.json`);
  const folder = dirname(manifest);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const inputs = interfacesOf(parseFile(join(folder, "types/input.d.ts")));
  const outputs = interfacesOf(parseFile(join(folder, "types/output.d.ts")));
  const enumIndex = join(folder, "types/enums/index.d.ts");
  const enums = existsSync(enumIndex) ? enumsOf(enumIndex) : new Map<string, readonly string[]>();
  const resolve: Resolve = (text) => {
    const [head, ...tail] = text.split(".");
    const rest = tail.join(".");
    if (head === "inputs" || head === "outputs") return { ref: rest };
    const values = head === "enums" ? enums.get(rest) : undefined;
    if (values) return { enum: values };
    // A resource class, or one of its constants' types: on the wire it is the resource's id or the constant, a string.
    return /^[A-Z]\w*$/.test(text) || head === "enums" ? "string" : undefined;
  };
  const members = (declared: Declared | undefined): Member[] =>
    declared ? readMembers(declared.node, resolve) : [];
  const typesOf = (shapes: Iterable<Shape>): Record<string, Properties> => {
    const found = new Map<string, Properties>();
    const waiting = [...shapes].flatMap(refsIn);
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
      if (found.has(ref)) continue;
      const input = inputs.get(ref);
      const output = outputs.get(ref);
      if (!input && !output) throw new Error(`@pulumi/${name} declares no nested type ${ref}`);
      const properties = mergeSides(members(input), members(output));
      found.set(ref, properties);
      waiting.push(...Object.values(properties).flatMap(({ type }) => refsIn(type)));
    }
    return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return { name, version, folder, ...scan(folder), resolve, typesOf };
}

/** The names of nested objects that a shape mentions. */
export function refsIn(shape: Shape): string[] {
  if (typeof shape === "string" || "enum" in shape) return [];
  if ("ref" in shape) return [shape.ref];
  if ("array" in shape) return refsIn(shape.array);
  if ("map" in shape) return refsIn(shape.map);
  if ("fields" in shape) return Object.values(shape.fields).flatMap(({ type }) => refsIn(type));
  return shape.anyOf.flatMap(refsIn);
}

const typeToken = /__pulumiType = '([^']+)'/;
const invokeToken = /pulumi\.runtime\.invoke(?:Async|Single)?\("([^"]+)"/;

/** Finds the module of every resource and function by the token in its code, as file names follow no single rule. */
function scan(folder: string): { resources: Map<string, string>; functions: Map<string, string> } {
  const resources = new Map<string, string>();
  const functions = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".js")) continue;
    const path = join(entry.parentPath, entry.name);
    if (path.includes("node_modules", folder.length)) continue;
    const code = readFileSync(path, "utf8");
    const module = path.slice(0, -".js".length);
    const type = typeToken.exec(code)?.[1];
    const token = type === undefined ? invokeToken.exec(code)?.[1] : undefined;
    if (type !== undefined) resources.set(type, module);
    else if (token !== undefined) functions.set(token, module);
  }
  return { resources, functions };
}
