/** Where cells meet: one Transit Gateway for each AWS account and region, one Network Connectivity Center hub. Pure. */
import { createHash } from "node:crypto";
import type { ConnectedCell } from "./matrix.ts";
import { type ConnectivitySettings, privateAsns } from "./schema.ts";

interface AnyHub {
  /** Its name in manifests, outputs and resource names. */
  readonly key: string;
  readonly asn: number;
  /** The cells that can attach to it, by name. */
  readonly cells: readonly string[];
}

export interface AwsHub extends AnyHub {
  readonly cloud: "aws";
  readonly account: string;
  readonly region: string;
}

export interface GoogleHub extends AnyHub {
  readonly cloud: "gcp";
  readonly project: string;
  /** Where its VPN gateway and router stand; the hub itself is global. */
  readonly region: string;
  /** Projects of cells, other than its own, whose spokes it accepts. */
  readonly guests: readonly string[];
}

export type Hub = AwsHub | GoogleHub;

/** There is one for the environment: a hub of Google's is global and takes networks of other projects. */
export const googleHubKey = "gcp";

/** The name of the hub that a cell attaches to; a site has none. */
export function hubKeyOf(cell: ConnectedCell): string | undefined {
  switch (cell.cloud) {
    case "aws":
      return `aws-${cell.account}-${cell.region}`;
    case "gcp":
      return googleHubKey;
    case "onprem":
      return undefined;
  }
}

/**
 * The hubs of all cells, in the order of their names, whether the matrix names a cell or not: the environment's stack comes before
 * those of its cells, and could not take away what a cell is still attached to. A hub that nobody attaches to costs nothing.
 */
export function planHubs(settings: ConnectivitySettings, cells: readonly ConnectedCell[]): Hub[] {
  const members = new Map<string, ConnectedCell[]>();
  for (const cell of cells) {
    const key = hubKeyOf(cell);
    if (key !== undefined) members.set(key, [...(members.get(key) ?? []), cell]);
  }
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, attached]) => {
      const asn = settings.asns[key] ?? asnByName(key, settings.asnBase);
      const shared = { key, asn, cells: attached.map(({ name }) => name).sort() };
      return hubOf(settings, attached, shared) ?? [];
    });
}

function hubOf(
  settings: ConnectivitySettings,
  attached: readonly ConnectedCell[],
  shared: AnyHub,
): Hub | undefined {
  const own = attached.filter((cell) => cell.cloud !== "gcp" || !cell.inHub);
  const [first] = own;
  switch (first?.cloud) {
    case "aws":
      return { ...shared, cloud: "aws", account: first.account, region: first.region };
    case "gcp": {
      const { project, region } = settings.googleHub ?? first;
      const projects = own.flatMap((cell) => (cell.cloud === "gcp" ? cell.project : []));
      const guests = [...new Set(projects)].filter((other) => other !== project).sort();
      return { ...shared, cloud: "gcp", project, region, guests };
    }
    default:
      return undefined;
  }
}

/** By the name alone, so that other hubs do not matter. Two names can meet: that is refused, and cured by `asns`. */
function asnByName(key: string, base: number): number {
  const range = privateAsns.find(({ first, last }) => base >= first && base <= last);
  return base + numberOf(key, (range?.last ?? base) - base + 1);
}

/** A number from 0 to below the count that is always the same for this name. */
export function numberOf(name: string, count: number): number {
  return createHash("sha256").update(name).digest().readUIntBE(0, 6) % count;
}
