import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Properties, ResourceSchema } from "../shape.ts";
import { customKind } from "./custom.ts";
import { replaceOn } from "./immutable.ts";
import { type Gvk, tokenOf } from "./token.ts";

/** A kind whose OpenAPI schema is installed. */
export interface KubernetesKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** The package with its validator. */
  readonly package: string;
  /** The name of its schema, in `types` and among the package's validators. */
  readonly ref: string;
}

/** The generated file of all kinds. */
export interface KubernetesFile {
  readonly source: string;
  /** By `apiVersion/kind`. */
  readonly kinds: Readonly<Record<string, KubernetesKind>>;
  readonly types: Readonly<Record<string, Properties>>;
}

let file: KubernetesFile | undefined;
const schemas = new Map<string, ResourceSchema>();

/** The generated kinds, loaded on first use. */
export function kubernetesFile(): KubernetesFile {
  file ??= JSON.parse(
    readFileSync(join(import.meta.dirname, "../../generated/kubernetes.json"), "utf8"),
  ) as KubernetesFile;
  return file;
}

/** The kind with its validator, when its OpenAPI schema is installed. */
export function installedKind(apiVersion: string, kind: string): KubernetesKind | undefined {
  const { kinds } = kubernetesFile();
  const key = `${apiVersion}/${kind}`;
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined;
}

/** The schema of a kind; undefined for a kind that no current cluster serves, or a custom resource without a known schema. */
export function kubernetesSchema({ apiVersion, kind, patch }: Gvk): ResourceSchema | undefined {
  const type = tokenOf(apiVersion, patch ? `${kind}Patch` : kind);
  const known = schemas.get(type);
  if (known) return known;
  const properties = kindProperties(apiVersion, kind);
  if (!properties) return undefined;
  const schema: ResourceSchema = {
    type,
    properties: patch ? optional(properties.properties) : properties.properties,
    types: properties.types,
    strict: true,
    replaceOn: replaceOn(apiVersion, kind),
  };
  schemas.set(type, schema);
  return schema;
}

function kindProperties(
  apiVersion: string,
  kind: string,
): { properties: Properties; types: Readonly<Record<string, Properties>> } | undefined {
  const { types } = kubernetesFile();
  const installed = installedKind(apiVersion, kind);
  const properties = installed && types[installed.ref];
  if (properties) return { properties, types };
  const custom = customKind(apiVersion, kind);
  if (!custom?.properties) return undefined;
  return { properties: custom.properties, types: { ...types, ...custom.types } };
}

function optional(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { required: _, ...rest }]) => [name, rest]),
  );
}
