import { type NameKind, physicalName } from "./naming.ts";
import type { Ownership } from "./tags.ts";

/** The physical name of something in a cell, or in its environment: `prod-aws-use1-flow-logs`. */
export function nameIn(ownership: Ownership, kind: NameKind, ...key: string[]): string {
  const { environment, cell, tenant } = ownership;
  const place = [environment, cell, tenant].filter((part) => part !== undefined);
  return physicalName(kind, [...place, ...key]);
}
