import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Properties, ResourceSchema } from "../shape.ts";
import { replaceOn } from "./immutable.ts";
import { type Gvk, tokenOf } from "./token.ts";

/** A built-in kind. */
export interface KubernetesKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** The name of its schema, in `types` and among the validators of the package `kubernetes-models`. */
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

/** A built-in kind. */
export function installedKind(apiVersion: string, kind: string): KubernetesKind | undefined {
  const { kinds } = kubernetesFile();
  const key = `${apiVersion}/${kind}`;
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined;
}

/** The schema of a built-in kind; undefined for custom resources and kinds that no current cluster serves. */
export function kubernetesSchema({ apiVersion, kind, patch }: Gvk): ResourceSchema | undefined {
  const type = tokenOf(apiVersion, patch ? `${kind}Patch` : kind);
  const known = schemas.get(type);
  if (known) return known;
  const { types } = kubernetesFile();
  const installed = installedKind(apiVersion, kind);
  const properties = installed && types[installed.ref];
  if (!properties) return undefined;
  const schema: ResourceSchema = {
    type,
    properties: patch ? optional(properties) : properties,
    types,
    strict: true,
    replaceOn: replaceOn(apiVersion, kind),
  };
  schemas.set(type, schema);
  return schema;
}

function optional(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { required: _, ...rest }]) => [name, rest]),
  );
}
