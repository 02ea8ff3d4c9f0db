/**
 * Structural schemas of custom resource definitions: the part of OpenAPI that an API server checks (Kubernetes documentation, "Extend the
 * Kubernetes API with CustomResourceDefinitions").
 */
export interface Structural {
  /** The name of an entry of the file's `types`, for parts that occur more than once. Generated files only. */
  readonly $ref?: string;
  readonly type?: "array" | "boolean" | "integer" | "number" | "object" | "string";
  readonly properties?: Readonly<Record<string, Structural>>;
  readonly additionalProperties?: Structural | boolean;
  readonly items?: Structural;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly Structural[];
  readonly anyOf?: readonly Structural[];
  readonly oneOf?: readonly Structural[];
  readonly not?: Structural;
  readonly "x-kubernetes-embedded-resource"?: boolean;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-list-type"?: "atomic" | "map" | "set";
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
}

/** Parts of schemas by their `$ref`. */
export type StructuralTypes = Readonly<Record<string, Structural>>;

/** The schema itself, or the part that it refers to. */
export function resolved(schema: Structural, types: StructuralTypes): Structural {
  if (schema.$ref === undefined) return schema;
  const found = types[schema.$ref];
  if (found === undefined) throw new Error(`the schema has no part ${schema.$ref}`);
  return found;
}
