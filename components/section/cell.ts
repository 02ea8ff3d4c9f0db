/** The cell as seen by its sections: its location and its manifest. Plain data, possibly invalid. */
import { defaultZones } from "../core/cloud.ts";
import type { FrameworkId } from "../core/frameworks.ts";
import type { NameKind } from "../core/naming.ts";
import type { Place, PlannedName } from "../core/place.ts";
import { nameSchema } from "../core/stack-name.ts";

/** A section of the manifest, or an entry of one, before validation. */
export type Written = Readonly<Record<string, unknown>>;

/** The sections of a manifest by name. */
export type WrittenSections = Readonly<Record<string, Written | undefined>>;

interface DescribedCell {
  readonly environment: string;
  readonly name: string;
  /** The cell's CIDR block. */
  readonly cidr: string;
  readonly sections: WrittenSections;
}

export interface AwsCell extends DescribedCell {
  readonly cloud: "aws";
  readonly account: string;
  readonly region: string;
  readonly zones?: readonly string[] | undefined;
}

export interface GcpCell extends DescribedCell {
  readonly cloud: "gcp";
  readonly project: string;
  readonly projectNumber: string;
  readonly region: string;
  readonly zones?: readonly string[] | undefined;
}

export interface OnpremCell extends DescribedCell {
  readonly cloud: "onprem";
  readonly site: string;
}

export type SectionCell = AwsCell | GcpCell | OnpremCell;

/** The environment and the neighbours of a cell. */
export interface CellContext {
  /** The lifetime of the environment. While its manifest is invalid: permanent, without claims. */
  readonly lifetime: "permanent" | "ephemeral";
  readonly frameworks: readonly FrameworkId[];
  /** The other cells of the environment. */
  readonly neighbours: readonly SectionCell[];
  /** The environment's tiers of tenants by name, if its tenancy is valid. @default none */
  readonly tiers?: Readonly<Record<string, unknown>>;
  /** The environment's own domains. @default none */
  readonly domains?: readonly string[];
  /** Names of other cells with invalid manifests. References to them are not checked. */
  readonly unread: readonly string[];
}

/** Facts that the cell, its environment and its neighbours add to a section, by field name of the section. */
export type Facts = Readonly<Record<string, unknown>>;

/** The keys of a map in the manifest. Empty if it is not a map. */
export function namesIn(written: unknown): string[] {
  return typeof written === "object" && written !== null ? Object.keys(written) : [];
}

/** The location fields in the spec of an AWS component. */
export function awsPlace({ cloud, account, region }: AwsCell) {
  return { cloud, account, region };
}

/** The location fields in the spec of a Google Cloud component. */
export function gcpPlace({ cloud, project, region }: GcpCell) {
  return { cloud, project, region };
}

/** With the project number, which Google Cloud uses in the names of service agents. */
export function gcpNumberedPlace(cell: GcpCell) {
  return { ...gcpPlace(cell), projectNumber: cell.projectNumber };
}

/**
 * The zones of a cell: those of its manifest, or the first three of its region. On AWS in alphabetical order, because services follow
 * lists there; on Google Cloud, zones are sets.
 */
export function zonesOf({ cloud, region, zones }: AwsCell | GcpCell): readonly string[] {
  const all = zones ?? defaultZones(cloud, region);
  return cloud === "aws" ? [...all].sort() : all;
}

/** The parts of a cell's physical names. An invalid name is reported when it is read, and must not hide other problems. */
export function namePlaceOf({ environment, name }: SectionCell): Place {
  const valid = (text: string) => (nameSchema.safeParse(text).success ? text : "unnamed");
  return { environment: valid(environment), cell: valid(name) };
}

/** A physical name of a cell. */
export function cellName(
  { environment, name }: SectionCell,
  kind: NameKind,
  key: readonly string[] = [],
  path?: string,
): PlannedName {
  return { kind, parts: [environment, name, ...key], ...(path && { path }) };
}

/** Names of copies in the account or project of the cell that a section is copied to; none if it is not copied. */
export function copiedNames({ replicateTo }: Written, ...names: PlannedName[]): PlannedName[] {
  const { cell } = (replicateTo ?? {}) as { readonly cell?: unknown };
  return typeof cell === "string" ? names.map((name) => ({ ...name, cell })) : [];
}
