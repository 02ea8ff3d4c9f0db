/**
 * The form of the generated schemas. They come from the installed SDKs' declarations; `npm run generate` writes them to
 * `simulator/generated` and the functions of this folder read them.
 */

/** What a value may be. `ref` names an entry of the schema's `types`. */
export type Shape =
  | "string"
  | "number"
  | "boolean"
  | "any"
  /** A file, folder or text handed over as an asset or archive. */
  | "asset"
  | { readonly array: Shape }
  | { readonly map: Shape }
  | { readonly ref: string }
  /** An object without a name of its own. */
  | { readonly fields: Properties }
  | { readonly enum: readonly Scalar[] }
  | { readonly anyOf: readonly Shape[] };

export type Scalar = string | number | boolean;

/** One property of a resource, of a nested object, or of an invoke. */
export interface Property {
  readonly type: Shape;
  /** Must be given. */
  readonly required?: true;
  /** Only an output: the cloud makes it, nobody sets it. */
  readonly computed?: true;
  /**
   * An output that is never undefined. On an input that is not required this means the provider fills it in when it is absent
   * and keeps it when it is taken away (Terraform's "optional and computed").
   */
  readonly always?: true;
  /** Only an input: never an output (write-only values). */
  readonly inputOnly?: true;
  readonly deprecated?: true;
  /** The SDK marks the output as secret. */
  readonly secret?: true;
}

export type Properties = Readonly<Record<string, Property>>;

/** What the declarations do not say. Paths are dotted, without indices: `ebsBlockDevices.snapshotId`. */
export interface Facts {
  /** Properties whose change needs a new resource. */
  readonly replaceOn?: readonly string[];
  /** `[property, others...]`: none of the others beside the property. */
  readonly conflictsWith?: readonly (readonly string[])[];
  readonly exactlyOneOf?: readonly (readonly string[])[];
  readonly atLeastOneOf?: readonly (readonly string[])[];
  /** `[property, what it needs...]` */
  readonly requiredWith?: readonly (readonly string[])[];
  /** What the provider takes when the input is absent. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Arrays that the provider keeps as sets: their order says nothing. */
  readonly sets?: readonly string[];
}

/** A resource type as its provider sees it. */
export interface ResourceSchema extends Facts {
  readonly type: string;
  readonly properties: Properties;
  /** Nested objects by the name that `ref` uses. */
  readonly types: Readonly<Record<string, Properties>>;
  /** Kubernetes: values are taken as they are, a number is no string. */
  readonly strict?: true;
}

/** A data source or function of a provider. */
export interface InvokeSchema {
  readonly token: string;
  readonly args: Properties;
  readonly result: Properties;
  readonly types: Readonly<Record<string, Properties>>;
}
