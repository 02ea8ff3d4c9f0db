/** Zones of a cell against the zones in which its resources are deployed. */
import type { Problem } from "../core/errors.ts";
import type { Deployed } from "./deployed.ts";

export interface ZoneChange {
  /** The name of the section's component. */
  readonly component: string;
  /** The resources of the stack. */
  readonly deployed: Deployed;
  /** The zones of the manifest. */
  readonly zones: readonly string[];
  /** Zones in whose subnets other cells know addresses. */
  readonly addressed: readonly string[];
  /** The zone of a subnet by its id. Undefined for a subnet that the manifest refers to no longer. */
  zoneOf(subnetId: string): string | undefined;
}

export interface Settled {
  readonly spec: unknown;
  /** Why the change cannot work, each with its path in the manifest, and what to do instead. */
  readonly problems: readonly Problem[];
}

/** The zones of subnets that the manifest no longer names; a subnet without a known zone is named itself. */
export function zonesGone(
  subnetIds: readonly string[],
  { zones, zoneOf }: Pick<ZoneChange, "zones" | "zoneOf">,
): string[] {
  const places = subnetIds.map((id) => zoneOf(id) ?? id);
  return [...new Set(places)].filter((place) => !zones.includes(place)).sort();
}
