/** Replication between the cells of an environment as data: read from manifests, checked, and turned into an order of stacks. */
import type { Cloud } from "../core/cloud.ts";
import type { ReplicateTo } from "../core/replicate-to.ts";
import type { Size } from "../core/units.ts";
import { isRefused, type Mechanism, mechanismOf, type ReplicatedService } from "./mechanisms.ts";

/** The settings of a topic that its copy depends on. */
export interface ReplicatedTopic {
  readonly partitions: number;
  readonly cleanup: string;
  readonly maxMessageSize: Size;
}

/** The settings of a cell that copies from and to it depend on. */
export interface ReplicatedCell {
  readonly name: string;
  /** Its config file, for error messages. */
  readonly file: string;
  readonly cloud: Cloud;
  /** Account, project or site. */
  readonly owner: string;
  /** Region, or site. */
  readonly region: string;
  /** Its country by ISO 3166-1. Undefined if not set. */
  readonly country?: string | undefined;
  /** The jurisdiction that its data must not leave. @default none */
  readonly residency?: string | undefined;
  /** Services whose sections are invalid, which is reported elsewhere. @default none */
  readonly unread?: readonly ReplicatedService[];
  readonly stream?: {
    readonly replicateTo?: ReplicateTo | undefined;
    readonly topics: Readonly<Record<string, ReplicatedTopic>>;
    /** Consumer groups of the cell's clients and workloads. @default none */
    readonly groups?: readonly string[];
    /** On AWS. */
    readonly brokers?: { readonly perZone: number; readonly zones: number };
  };
  readonly database?: {
    readonly replicateTo?: ReplicateTo | undefined;
    /** Whether a major upgrade is in progress. */
    readonly upgrading: boolean;
    /** On GCP. */
    readonly edition?: string;
    /** On-premises. */
    readonly archive?: { readonly endpoint: string; readonly credentialsSecret: string };
  };
  readonly objectStore?: {
    readonly buckets: Readonly<Record<string, { readonly replicateTo?: ReplicateTo | undefined }>>;
  };
}

/** One replicated service or bucket. */
export interface Link {
  readonly service: ReplicatedService;
  /** Only for an object store. */
  readonly bucket?: string;
  readonly from: ReplicatedCell;
  /** Name of the target cell, which possibly does not exist. */
  readonly to: string;
  readonly wanted: ReplicateTo;
  /** Its path in the cell's manifest: `stream.replicateTo`. */
  readonly path: string;
}

/** All declared replication, valid or not. */
export function linksOf(cells: readonly ReplicatedCell[]): Link[] {
  return cells.flatMap((from) => [
    ...linkOf("stream", from, "stream.replicateTo", from.stream?.replicateTo),
    ...linkOf("database", from, "database.replicateTo", from.database?.replicateTo),
    ...Object.entries(from.objectStore?.buckets ?? {}).flatMap(([bucket, { replicateTo }]) =>
      linkOf(
        "object-store",
        from,
        `objectStore.buckets.${bucket}.replicateTo`,
        replicateTo,
        bucket,
      ),
    ),
  ]);
}

function linkOf(
  service: ReplicatedService,
  from: ReplicatedCell,
  path: string,
  wanted: ReplicateTo | undefined,
  bucket?: string,
): Link[] {
  if (wanted === undefined) return [];
  const ofBucket = bucket === undefined ? {} : { bucket };
  return [{ service, from, to: wanted.cell, wanted, path, ...ofBucket }];
}

/** A link with known ends and mechanism. */
export interface PlannedLink extends Omit<Link, "to"> {
  readonly to: ReplicatedCell;
  readonly mechanism: Mechanism;
}

/** The valid links. In a valid footprint these are all. */
export function plannedLinks(cells: readonly ReplicatedCell[]): PlannedLink[] {
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  return linksOf(cells).flatMap((link): PlannedLink[] => {
    const to = byName.get(link.to);
    if (to === undefined) return [];
    const mechanism = mechanismOf(link.service, link.from.cloud, to.cloud);
    return isRefused(mechanism) ? [] : [{ ...link, to, mechanism }];
  });
}

/** The cells that must be deployed before a cell: the other ends of the copies that its stack creates. */
export function cellsBefore(cell: string, links: readonly PlannedLink[]): string[] {
  const before = links.flatMap(({ from, to, mechanism }) => {
    const [maker, other] = mechanism.madeBy === "source" ? [from, to] : [to, from];
    return maker.name === cell ? [other.name] : [];
  });
  return [...new Set(before)];
}
