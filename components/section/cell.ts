/** A cell as its sections see it: where it is, and what its manifest says. Plain data, and it may still be invalid. */
import { defaultZones } from "../core/cloud.ts";
import type { FrameworkId } from "../core/frameworks.ts";
import type { Place } from "../core/place.ts";
import { nameSchema } from "../core/stack-name.ts";

/** A section, or an entry of one, as the manifest has it. */
export type Written = Readonly<Record<string, unknown>>;

/** The sections of a manifest by their names. */
export type WrittenSections = Readonly<Record<string, Written | undefined>>;

interface DescribedCell {
  readonly environment: string;
  readonly name: string;
  /** The cell's own block. */
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

/** What is around a cell. */
export interface CellContext {
  /** Of the environment; what a permanent one without claims would have while its manifest is invalid. */
  readonly lifetime: "permanent" | "ephemeral";
  readonly frameworks: readonly FrameworkId[];
  /** The other cells of the environment. */
  readonly neighbours: readonly SectionCell[];
  /** The environment's own domains. @default none */
  readonly domains?: readonly string[];
  /** Names of other cells whose manifests are invalid: references to them are not checked. */
  readonly unread: readonly string[];
}

/** What a cell, its environment and its neighbours add to a section, under the section's own field names. */
export type Facts = Readonly<Record<string, unknown>>;

/** The names in a map of the manifest; none where it is no map. */
export function namesIn(written: unknown): string[] {
  return typeof written === "object" && written !== null ? Object.keys(written) : [];
}

/** The fields by which a component knows where an AWS cell is. */
export function awsPlace({ cloud, account, region }: AwsCell) {
  return { cloud, account, region };
}

/** The same on Google Cloud. */
export function gcpPlace({ cloud, project, region }: GcpCell) {
  return { cloud, project, region };
}

/** The same with the project's number, by which Google names its service agents. */
export function gcpNumberedPlace(cell: GcpCell) {
  return { ...gcpPlace(cell), projectNumber: cell.projectNumber };
}

/** The zones that a cell is in: those of its manifest, or the first three of its region. */
export function zonesOf({ cloud, region, zones }: AwsCell | GcpCell): readonly string[] {
  return zones ?? defaultZones(cloud, region);
}

/** What physical names of a cell are made of. An invalid name is reported by whoever read it, and must not hide other problems. */
export function namePlaceOf({ environment, name }: SectionCell): Place {
  const valid = (text: string) => (nameSchema.safeParse(text).success ? text : "unnamed");
  return { environment: valid(environment), cell: valid(name) };
}
