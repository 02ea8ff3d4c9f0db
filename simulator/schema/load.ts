import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFile } from "./files.ts";
import { kubernetesSchema } from "./kubernetes/kinds.ts";
import { gvkOf } from "./kubernetes/token.ts";
import type { InvokeSchema, Property, ResourceSchema } from "./shape.ts";

const folder = join(import.meta.dirname, "../generated");
const loaded = new Map<string, unknown>();

/**
 * The schema of a resource type, loaded on first use; undefined for a type that is not in `tools/generate/types.json`. Kubernetes
 * types come from their OpenAPI schemas; a custom resource has one only if Atoll knows its definition.
 */
export function resourceSchema(type: string): ResourceSchema | undefined {
  const gvk = gvkOf(type);
  if (gvk) return kubernetesSchema(gvk);
  return load(type, (value): value is ResourceSchema => "properties" in value);
}

/** The schema of a data source or function; undefined for one that is not in `tools/generate/types.json`. */
export function invokeSchema(token: string): InvokeSchema | undefined {
  return load(token, (value): value is InvokeSchema => "args" in value);
}

/** The outputs of a resource: every property except input-only ones. `always` marks those that are never undefined. */
export function outputShape(schema: ResourceSchema): Readonly<Record<string, Property>> {
  return Object.fromEntries(
    Object.entries(schema.properties).filter(([, property]) => !property.inputOnly),
  );
}

function load<T extends object>(token: string, is: (value: object) => value is T): T | undefined {
  if (!loaded.has(token)) loaded.set(token, read(token));
  const value = loaded.get(token);
  return typeof value === "object" && value !== null && is(value) ? value : undefined;
}

function read(token: string): unknown {
  // A token has three words; anything else could be the path of a file outside the folder.
  if (!/^[\w-]+:[\w./-]+:\w+$/.test(token) || token.includes("..")) return undefined;
  const path = join(folder, schemaFile(token));
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
