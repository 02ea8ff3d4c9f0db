import { type NameKind, physicalName } from "./naming.ts";
import type { Ownership } from "./tags.ts";

/** The environment, cell and tenant of an ownership. */
export type Place = Pick<Ownership, "environment" | "cell" | "tenant">;

/** A planned physical name: all of its parts, and the field of the manifest that a part comes from. */
export interface PlannedName {
  readonly kind: NameKind;
  readonly parts: readonly string[];
  /** Undefined when only the names of the environment and the cell are in it. */
  readonly path?: string;
  /** The cell in whose account or project it is, for copies. @default the cell that it is named after */
  readonly cell?: string;
}

/** The physical name of a resource in a cell or an environment: `prod-aws-use1-flow-logs`. */
export function nameIn(place: Place, kind: NameKind, ...key: string[]): string {
  const { environment, cell, tenant } = place;
  const parts = [environment, cell, tenant].filter((part) => part !== undefined);
  return physicalName(kind, [...parts, ...key]);
}
