/** What the cells of an environment copy to each other, as data: read from manifests, checked, and turned into an order of stacks. */
import type { Cloud } from "../core/cloud.ts";
import type { ReplicateTo } from "../core/replicate-to.ts";
import type { Size } from "../core/units.ts";
import { isRefused, type Mechanism, mechanismOf, type ReplicatedService } from "./mechanisms.ts";

/** A topic, as far as a copy of it depends on it. */
export interface ReplicatedTopic {
  readonly partitions: number;
  readonly cleanup: string;
  readonly maxMessageSize: Size;
}

/** A cell, as far as copies from and to it depend on it. */
export interface ReplicatedCell {
  readonly name: string;
  /** Its config file, which problems name. */
  readonly file: string;
  readonly cloud: Cloud;
  /** Account, project or site. */
  readonly owner: string;
  /** Region, or site. */
  readonly region: string;
  /** Where it stands, by ISO 3166-1; undefined where nothing says so. */
  readonly country?: string | undefined;
  /** What its data may not leave. @default it may go anywhere */
  readonly residency?: string | undefined;
  /** What it has of these, and nobody could read: that is told elsewhere. @default none */
  readonly unread?: readonly ReplicatedService[];
  readonly stream?: {
    readonly replicateTo?: ReplicateTo | undefined;
    readonly topics: Readonly<Record<string, ReplicatedTopic>>;
    /** On AWS. */
    readonly brokers?: { readonly perZone: number; readonly zones: number };
  };
  readonly database?: {
    readonly replicateTo?: ReplicateTo | undefined;
    /** Whether a major upgrade is under way. */
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

/** One thing that is copied. */
export interface Link {
  readonly service: ReplicatedService;
  /** Of an object store. */
  readonly bucket?: string;
  readonly from: ReplicatedCell;
  /** Name of the cell it goes to, which need not be there. */
  readonly to: string;
  readonly wanted: ReplicateTo;
  /** Where it is said, below the cell's manifest: `stream.replicateTo`. */
  readonly path: string;
}

/** Everything that cells say they copy, right or wrong. */
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

/** A link whose ends and mechanism are known. */
export interface PlannedLink extends Omit<Link, "to"> {
  readonly to: ReplicatedCell;
  readonly mechanism: Mechanism;
}

/** The links that can be made; of a footprint without problems, all. */
export function plannedLinks(cells: readonly ReplicatedCell[]): PlannedLink[] {
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  return linksOf(cells).flatMap((link): PlannedLink[] => {
    const to = byName.get(link.to);
    if (to === undefined) return [];
    const mechanism = mechanismOf(link.service, link.from.cloud, to.cloud);
    return isRefused(mechanism) ? [] : [{ ...link, to, mechanism }];
  });
}

/** The cells that have to be up before a cell: those at the other end of what its own stack makes. */
export function cellsBefore(cell: string, links: readonly PlannedLink[]): string[] {
  const before = links.flatMap(({ from, to, mechanism }) => {
    const [maker, other] = mechanism.madeBy === "source" ? [from, to] : [to, from];
    return maker.name === cell ? [other.name] : [];
  });
  return [...new Set(before)];
}
