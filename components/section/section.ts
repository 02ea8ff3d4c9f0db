/**
 * The declaration of a cell's service, used by stacks, checks, JSON Schema, tables and the command line. Pure: the component of a
 * cloud is loaded only if a cell of that cloud has the section.
 */
import type { z } from "zod";
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import type { DerivedName } from "../core/operated.ts";
import type { PlannedName } from "../core/place.ts";
import type { Singleton } from "../core/singleton.ts";
import type { CostItem } from "../pricing/item.ts";
import type { Demand, Supply } from "../tenancy/capacity.ts";
import type { CellContext, Facts, SectionCell, Written } from "./cell.ts";
import type { Changes } from "./changes.ts";
import type { GrantKind } from "./grant.ts";
import type { KeyPurpose } from "./key.ts";
import type { Settled, ZoneChange } from "./zone-change.ts";

/** A section on a cloud that supports it. */
export interface SectionOnCloud {
  /** The fields of the section in a manifest. Undefined if the section is a map, such as node pools. */
  readonly settings?: z.ZodObject;
  /** The settings with the facts of the cell: the component's `spec`. */
  readonly spec: z.ZodType;
  /** The field of the spec that holds the manifest's map, if there are no settings. */
  readonly entries?: string;
  /** The facts that the cell and its context add to the settings. @default only the cloud */
  facts?(cell: never, context: CellContext): Facts;
  /** What a change of each setting does to what is deployed. @default not compared */
  readonly changes?: Changes;
  /** Problems between this section and others, each with its path in the manifest. @default none */
  check?(spec: never, cell: CheckedCell): Problem[];
  /**
   * Addresses that it has at most in the subnets of one zone, on AWS. @default none
   *
   * @param zones the number of zones of the cell
   */
  addresses?(spec: never, zones: number): ZoneAddresses;
  /** Members that it adds to the allow policy of its project, on GCP, if their number depends on the manifest. @default none */
  projectMembers?(spec: never): number;
  /** Names that controllers derive from its name `<environment>-<cell>-<component>`. @default none */
  derivedNames?(spec: never): readonly DerivedName[];
  /** Adapts the spec to the zones in which it is deployed. @default the spec as it is */
  settled?(spec: never, change: ZoneChange): Settled;
  /** Loads the builder. */
  build(): Promise<SectionBuilder>;
}

/** Addresses in the subnets of one zone, by the kind of subnet. */
export interface ZoneAddresses {
  readonly isolated?: number;
  readonly private?: number;
}

/** A section on a cloud that does not support it, with the reason and an alternative. */
export interface UnsupportedSection {
  readonly unsupported: string;
}

/** Builds the component of a section on one cloud from its spec. */
export interface SectionBuilder {
  build(spec: never, cell: never): unknown;
  /** References to its resources for IAM, by the names that grants use. */
  references?(built: never, cell: never): Readonly<Record<string, unknown>>;
}

export interface Section {
  /** The manifest's field: `objectStore`. */
  readonly name: string;
  /** The manifest's field for additional ones by key: `caches`. @default a cell has at most one */
  readonly plural?: string;
  /** The component's name in Pulumi: `object-store`. */
  readonly component: string;
  /** Whether every cell has it, and whether the manifest can omit it. @default a cell has it if its manifest does */
  readonly required?: "written" | "defaulted";
  readonly clouds: Readonly<Record<Cloud, SectionOnCloud | UnsupportedSection>>;
  /** Defaults of additional ones by cloud, instead of the schema's. On a missing cloud a cell has at most one. */
  readonly further?: Readonly<Partial<Record<Cloud, (key: string) => Facts>>>;
  /** Settings that only the main one can have, because replication supports only the main one. */
  readonly mainOnly?: readonly string[];
  /** Facts for other sections, by section name. */
  readonly factsFor?: Readonly<Record<string, (own: Written, cell: SectionCell) => Facts>>;
  /** Declarations that it adds to another section. */
  readonly contributes?: Contribution;
  /** The kinds of resources that workloads can be granted access to. */
  readonly grant?: GrantKind;
  /** Names for grants, from a possibly invalid manifest. `main` is the section itself. */
  granted?(own: Written): readonly string[];
  /** Whether it contains grants. It then has the fact `resources`: names for grants by kind. */
  readonly grants?: true;
  /** Whether the cause of a field's problem is already reported elsewhere. @default never */
  isReportedElsewhere?(field: string): boolean;
  /** The key that encrypts its data. */
  readonly key?: KeyPurpose;
  /** Namespaces that it creates and isolates, by the fields that name them. */
  namespaces?(spec: never): Readonly<Record<string, string | undefined>>;
  /**
   * What it manages although an account, project or region has it once, from a possibly invalid manifest. Compared with other cells
   * and environments. @default nothing
   */
  singletons?(own: Written, cell: SectionCell): readonly Singleton[];
  /**
   * Its physical names that are unique in an account or project, or that a cloud may reserve, with paths below the section, from a
   * possibly invalid manifest. @default none
   */
  names?(own: Written, cell: SectionCell, component: string): readonly PlannedName[];
  /** Nodes of class "stateful" that it needs on-premises, by the fields that set the number. @default none */
  statefulNodes?(spec: never): Readonly<Record<string, number>>;
  /** Keys of config values that it reads, by the fields that name them. */
  configKeys?(spec: never): Readonly<Record<string, string | undefined>>;
  /** The path of its log retention in days. */
  readonly logRetention?: readonly (readonly string[])[];
  /** Data that is not replicated to another cell, by field, and the consequence for a failover. */
  notCopied?(spec: never): Readonly<Record<string, string>>;
  /** What it gives the tenants of its cell, and what it takes of the cell itself. @default nothing */
  supply?(spec: never, cell: SupplyingCell): readonly Supply[];
  /** Its largest planned costs. @default none */
  costs?(spec: never, cell: SupplyingCell): readonly CostItem[];
  /** Its stack outputs. */
  readonly outputs?: z.ZodObject;
  outputsOf?(built: never): unknown;
  /** Its column in the table of deployed services: a short title, and the value. */
  readonly column?: { readonly title: string; value(outputs: never): string };
}

/** A valid cell, for the capacity and the costs of a section of it. */
export interface SupplyingCell {
  readonly cloud: Cloud;
  /** The key of this section among several of its kind; undefined for the main one, which tenants use. */
  readonly key: string | undefined;
  /** Quotas of its account that the vendor has raised. */
  readonly quotas: Demand;
}

/** Declarations that a section adds to another, such as event topics to a stream. */
export interface Contribution {
  /** The name of the other section. */
  readonly to: string;
  of(own: Written | undefined): Contributed;
}

export interface Contributed {
  /** The other section, with the additions. */
  into(written: Written): Written;
  /** Problems between both sections, each with its path in the manifest. */
  problems(written: Written): Problem[];
  /** Whether a problem can be caused by input that could not be read. */
  unread(problem: Problem): boolean;
  /** Translates a problem of an addition to the section that declared it. */
  inOwnTerms(problem: Problem): Problem;
}

/** A section of a cell that is valid by its own schema. */
export interface CheckedSection {
  readonly section: Section;
  /** `cache`, or `caches.sessions`. */
  readonly path: string;
  readonly key: string | undefined;
  readonly spec: unknown;
}

/** A cell whose sections are all valid by their schemas. */
export interface CheckedCell {
  readonly cloud: Cloud;
  readonly sections: readonly CheckedSection[];
  /**
   * The spec of a section. Undefined if the cell does not have it.
   *
   * @param cloud the cell's cloud, which determines the type of the spec
   * @param name the name that grants use. @default "main"
   */
  spec<S extends Section, C extends Cloud = Cloud>(
    section: S,
    cloud?: C,
    name?: string,
  ): SpecOn<S, C> | undefined;
}

/** Declares a section, and keeps its literal type. */
export function defineSection<const S extends Section>(section: S): S {
  return section;
}

/** For `namespaces` of a section whose only namespace is in its field `namespace`, on clouds that have it. */
export function ownNamespace(spec: object): Record<string, string> {
  return "namespace" in spec ? { namespace: String(spec.namespace) } : {};
}

/** The spec of a section on a cloud. */
export type SpecOn<S extends Section, C extends Cloud> = S["clouds"][C] extends {
  readonly spec: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : never;

/** The component of a section on a cloud. */
export type BuiltOn<S extends Section, C extends Cloud> = S["clouds"][C] extends {
  build(): Promise<{ build(spec: never, cell: never): infer Built }>;
}
  ? Exclude<Awaited<Built>, undefined>
  : never;

/** The outputs of a section. */
export type OutputsOf<S extends Pick<Section, "outputs">> = S extends {
  readonly outputs: infer O extends z.ZodType;
}
  ? z.output<O>
  : never;

/** The specs of a cell with these sections: mandatory ones, optional ones, and additional ones by key. */
export type SpecsOn<S extends Section, C extends Cloud> = { readonly cloud: C } & {
  readonly [K in S as K extends { readonly required: string } ? K["name"] : never]: SpecOn<K, C>;
} & {
  readonly [K in S as K extends { readonly required: string } ? never : K["name"]]?:
    | SpecOn<K, C>
    | undefined;
} & {
  readonly [K in S as K extends { readonly plural: infer P extends string } ? P : never]?:
    | Readonly<Record<string, SpecOn<K, C>>>
    | undefined;
};

/**
 * The component's name in Pulumi for the main section, or for the one with this key: `cache`, `caches-sessions`. It uses the plural
 * because the main one can have a child `cache-sessions`.
 */
export function componentName(
  { component, plural = component }: Section,
  key: string | undefined,
): string {
  return key === undefined ? component : `${plural}-${key}`;
}

/** The name of a resource in grants: `main`, `sessions` for the cache of this key, `analytics.clicks` for a topic of a stream. */
export function grantName(local: string, key: string | undefined): string {
  if (key === undefined) return local;
  return local === "main" ? key : `${key}.${local}`;
}

export function isSupported(on: SectionOnCloud | UnsupportedSection): on is SectionOnCloud {
  return !("unsupported" in on);
}
