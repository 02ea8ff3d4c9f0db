import type { Properties } from "../shape.ts";

/** A kind that a chart or a managed cluster adds to the API. */
export interface CustomKind {
  readonly namespaced: boolean;
  /** Absent if Atoll has no schema of the kind: only its metadata is then checked. */
  readonly properties?: Properties;
  readonly types?: Readonly<Record<string, Properties>>;
}
