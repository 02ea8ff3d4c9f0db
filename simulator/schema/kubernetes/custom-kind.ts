import type { Structural, StructuralTypes } from "../structural/structural.ts";

/** The generated file of a project's custom resources: `simulator/generated/kubernetes/crds/<project>.json`. */
export interface ProjectFile {
  /** Project and release. */
  readonly source: string;
  /** By API version and kind. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, ProjectKind>>>>;
  /** Parts that occur more than once. */
  readonly types: StructuralTypes;
}

export interface ProjectKind {
  readonly namespaced: boolean;
  /** Of the object without `apiVersion`, `kind` and `metadata`. */
  readonly schema: Structural;
}

/** The generated file of all custom kinds, by API version: `simulator/generated/kubernetes/custom-kinds.json`. */
export type CustomKinds = Readonly<Record<string, Readonly<Record<string, ListedKind>>>>;

export interface ListedKind {
  readonly namespaced: boolean;
  /** The project whose file has the schema. */
  readonly project: string;
}
