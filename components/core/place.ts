import { type NameKind, physicalName } from "./naming.ts";
import type { Ownership } from "./tags.ts";

/** The part of an ownership that says where something is. */
export type Place = Pick<Ownership, "environment" | "cell" | "tenant">;

/** The physical name of something in a cell, or in its environment: `prod-aws-use1-flow-logs`. */
export function nameIn(place: Place, kind: NameKind, ...key: string[]): string {
  const { environment, cell, tenant } = place;
  const parts = [environment, cell, tenant].filter((part) => part !== undefined);
  return physicalName(kind, [...parts, ...key]);
}
