import type { Properties } from "../shape.ts";

/** A kind that a chart or a managed cluster adds to the API. */
export interface CustomKind {
  readonly namespaced: boolean;
  /** Absent where Atoll has no schema of the kind: then only its metadata is checked. */
  readonly properties?: Properties;
  readonly types?: Readonly<Record<string, Properties>>;
}
