/** The hubs of an environment: one Transit Gateway per AWS account and region, one Network Connectivity Center hub. Pure. */
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
  /**
   * The Transit Gateway of another account: its owner routes, and hubs of other accounts can be at the same one. `cells` are those of all
   * of these hubs.
   */
  readonly shared?: SharedGateway;
}

export interface SharedGateway {
  readonly id: string;
  /** Account id. */
  readonly owner: string;
}

export interface GoogleHub extends AnyHub {
  readonly cloud: "gcp";
  readonly project: string;
  /** The region of its VPN gateway and router; the hub itself is global. */
  readonly region: string;
  /** Other projects whose spokes it accepts. */
  readonly guests: readonly string[];
}

export type Hub = AwsHub | GoogleHub;

/** There is one per environment: a Google hub is global and accepts networks of other projects. */
export const googleHubKey = "gcp";

/** The name of a cell's hub; a site has none. */
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
 * The hubs of all cells, ordered by name, also of cells that the matrix does not name: the environment's stack is deployed
 * before those of its cells, and could not delete a hub with an attached cell. A hub without attachments costs nothing.
 */
export function planHubs(settings: ConnectivitySettings, cells: readonly ConnectedCell[]): Hub[] {
  const members = new Map<string, ConnectedCell[]>();
  for (const cell of cells) {
    const key = hubKeyOf(cell);
    if (key !== undefined) members.set(key, [...(members.get(key) ?? []), cell]);
  }
  const hubs = [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, attached]) => {
      const asn = settings.asns[key] ?? asnByName(key, settings.asnBase);
      const shared = { key, asn, cells: attached.map(({ name }) => name).sort() };
      return hubOf(settings, attached, shared) ?? [];
    });
  return hubs.map((hub) => {
    const together = hubs.filter((other) => areTogether(hub, other));
    return { ...hub, cells: [...new Set(together.flatMap(({ cells: own }) => own))].sort() };
  });
}

/** Whether two hubs are the same Transit Gateway, so that they need no link. */
export function areTogether(one: Hub, other: Hub): boolean {
  if (one.key === other.key) return true;
  const id = sharedOf(one)?.id;
  return id !== undefined && sharedOf(other)?.id === id;
}

/** The Transit Gateway of another account that a hub is. */
export function sharedOf(hub: Hub | undefined): SharedGateway | undefined {
  return hub?.cloud === "aws" ? hub.shared : undefined;
}

function hubOf(
  settings: ConnectivitySettings,
  attached: readonly ConnectedCell[],
  shared: AnyHub,
): Hub | undefined {
  const own = attached.filter((cell) => cell.cloud !== "gcp" || !cell.inHub);
  const [first] = own;
  switch (first?.cloud) {
    case "aws": {
      const { transitGateways = {}, transitGatewayOwners = {} } = settings.existing ?? {};
      const [id, owner] = [transitGateways[shared.key], transitGatewayOwners[shared.key]];
      const { account, region } = first;
      const gateway = id !== undefined && owner !== undefined && { shared: { id, owner } };
      return { ...shared, cloud: "aws", account, region, ...gateway };
    }
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

/** Derived from the name only, so that other hubs do not change it. A collision is rejected and can be resolved with `asns`. */
function asnByName(key: string, base: number): number {
  const range = privateAsns.find(({ first, last }) => base >= first && base <= last);
  return base + numberOf(key, (range?.last ?? base) - base + 1);
}

/** A stable number for a name, from 0 to below the count. */
export function numberOf(name: string, count: number): number {
  return createHash("sha256").update(name).digest().readUIntBE(0, 6) % count;
}
