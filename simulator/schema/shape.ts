/**
 * The format of the generated schemas. `npm run generate` derives them from the installed SDKs' declarations and writes them to
 * `simulator/generated`.
 */

/** The type of a value. `ref` refers to an entry of the schema's `types`. */
export type Shape =
  | "string"
  | "number"
  | "boolean"
  | "any"
  /** A file, folder or string as an asset or archive. */
  | "asset"
  | { readonly array: Shape }
  | { readonly map: Shape }
  | { readonly ref: string }
  /** An anonymous object. */
  | { readonly fields: Properties }
  | { readonly enum: readonly Scalar[] }
  | { readonly anyOf: readonly Shape[] };

export type Scalar = string | number | boolean;

/** One property of a resource, of a nested object, or of an invoke. */
export interface Property {
  readonly type: Shape;
  /** Required. */
  readonly required?: true;
  /** Output only: computed by the cloud. */
  readonly computed?: true;
  /**
   * An output that is never undefined. For an optional input, the provider computes it if it is absent, and keeps it when it is
   * removed (Terraform's "optional and computed").
   */
  readonly always?: true;
  /** Input only (write-only values). */
  readonly inputOnly?: true;
  readonly deprecated?: true;
  /** The SDK marks the output as secret. */
  readonly secret?: true;
}

export type Properties = Readonly<Record<string, Property>>;

/** Facts that the declarations do not contain. Paths are dotted, without indices: `ebsBlockDevices.snapshotId`. */
export interface Facts {
  /** Properties whose change requires a replacement. */
  readonly replaceOn?: readonly string[];
  /** `[property, others...]`: the property excludes the others. */
  readonly conflictsWith?: readonly (readonly string[])[];
  readonly exactlyOneOf?: readonly (readonly string[])[];
  readonly atLeastOneOf?: readonly (readonly string[])[];
  /** `[property, required properties...]` */
  readonly requiredWith?: readonly (readonly string[])[];
  /** The provider's default. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Arrays that the provider treats as sets, without order. */
  readonly sets?: readonly string[];
}

/** A resource type of a provider. */
export interface ResourceSchema extends Facts {
  readonly type: string;
  readonly properties: Properties;
  /** Nested objects by `ref`. */
  readonly types: Readonly<Record<string, Properties>>;
  /** Kubernetes: values are not converted, a number is not a string. */
  readonly strict?: true;
}

/** A data source or function of a provider. */
export interface InvokeSchema {
  readonly token: string;
  readonly args: Properties;
  readonly result: Properties;
  readonly types: Readonly<Record<string, Properties>>;
}
