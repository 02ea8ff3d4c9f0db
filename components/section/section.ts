/**
 * How a service plugs into a cell: one declaration that stacks, checks, JSON Schema, tables and the command line go by. Pure; what
 * builds it on a cloud is loaded when a cell of that cloud has it.
 */
import type { z } from "zod";
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import type { CellContext, Facts, SectionCell, Written } from "./cell.ts";
import type { GrantKind } from "./grant.ts";
import type { KeyPurpose } from "./key.ts";

/** A section on a cloud that has it. */
export interface SectionOnCloud {
  /** The fields that a manifest may write; undefined where it writes a map, as node pools. */
  readonly settings?: z.ZodObject;
  /** The settings with the facts of the cell: what the component takes as `spec`. */
  readonly spec: z.ZodType;
  /** The field of the spec that the manifest's map becomes, where there are no settings. */
  readonly entries?: string;
  /** What the cell and what is around it add to the settings. @default only the cloud */
  facts?(cell: never, context: CellContext): Facts;
  /** What is wrong with the section beside others, each with its path in the manifest. @default nothing */
  check?(spec: never, cell: CheckedCell): Problem[];
  /** Loads what builds it. */
  build(): Promise<SectionBuilder>;
}

/** A section on a cloud that does not have it: why, and what to do there instead. */
export interface UnsupportedSection {
  readonly unsupported: string;
}

/** The wiring of a section on one cloud: from its spec to its component. */
export interface SectionBuilder {
  build(spec: never, cell: never): unknown;
  /** What IAM needs to know of its resources, by the names that grants know them by. */
  references?(built: never, cell: never): Readonly<Record<string, unknown>>;
}

export interface Section {
  /** The manifest's field: `objectStore`. */
  readonly name: string;
  /** The manifest's field for more of them by key: `caches`. @default a cell has one */
  readonly plural?: string;
  /** The component's name in Pulumi: `object-store`. */
  readonly component: string;
  /** Whether every cell has it, and whether its manifest may omit it. @default a cell has it where its manifest does */
  readonly required?: "written" | "defaulted";
  readonly clouds: Readonly<Record<Cloud, SectionOnCloud | UnsupportedSection>>;
  /** By cloud, the defaults of further ones in place of the schema's; of a cloud that is missing a cell has one at most. */
  readonly further?: Readonly<Partial<Record<Cloud, (key: string) => Facts>>>;
  /** Settings that only the main one can have: what is copied to other cells is copied of it alone. */
  readonly mainOnly?: readonly string[];
  /** What it tells other sections, by their names. */
  readonly factsFor?: Readonly<Record<string, (own: Written, cell: SectionCell) => Facts>>;
  /** What it adds to what another section declares. */
  readonly contributes?: Contribution;
  /** What workloads can be granted of it. */
  readonly grant?: GrantKind;
  /** Names of what can be granted, as a manifest has them that may still be invalid; `main` is the section itself. */
  granted?(own: Written): readonly string[];
  /** Whether it grants: `resources` is then a fact with the names of what can be granted, by kind. */
  readonly grants?: true;
  /** Whether the cause of a problem with a field is reported where it is. @default none is */
  isReportedElsewhere?(field: string): boolean;
  /** The key that encrypts its data. */
  readonly key?: KeyPurpose;
  /** Namespaces that it creates and closes, by the fields that name them. */
  namespaces?(spec: never): Readonly<Record<string, string | undefined>>;
  /** Nodes of class "stateful" that it needs on-premises, by the fields that say how many. @default it needs none */
  statefulNodes?(spec: never): Readonly<Record<string, number>>;
  /** Keys of config values that it reads, by the fields that name them. */
  configKeys?(spec: never): Readonly<Record<string, string | undefined>>;
  /** Where it says how many days logs are kept. */
  readonly logRetention?: readonly (readonly string[])[];
  /** What no copy in another cell has, by field, and what that means for a failover. */
  notCopied?(spec: never): Readonly<Record<string, string>>;
  /** What its stack's outputs tell of it. */
  readonly outputs?: z.ZodObject;
  outputsOf?(built: never): unknown;
  /** Its column in the table of what is deployed: a short title, and what stands there. */
  readonly column?: { readonly title: string; value(outputs: never): string };
}

/** What a section adds to another: topics of events to a stream. */
export interface Contribution {
  /** The name of the other. */
  readonly to: string;
  of(own: Written | undefined): Contributed;
}

export interface Contributed {
  /** The other section with what is added. */
  into(written: Written): Written;
  /** What is wrong between both, each with its path in the manifest. */
  problems(written: Written): Problem[];
  /** Whether a problem may come from what could not be read. */
  unread(problem: Problem): boolean;
  /** A problem of what was added, in the terms of whoever declared it. */
  inOwnTerms(problem: Problem): Problem;
}

/** A section of a cell that passed its own schema. */
export interface CheckedSection {
  readonly section: Section;
  /** `cache`, or `caches.sessions`. */
  readonly path: string;
  readonly key: string | undefined;
  readonly spec: unknown;
}

/** A cell whose sections all passed their schemas. */
export interface CheckedCell {
  readonly cloud: Cloud;
  readonly sections: readonly CheckedSection[];
  /**
   * The spec of a section; undefined where the cell has none.
   *
   * @param cloud the cell's, so that the type is that of its spec
   * @param name of the one that is meant, as grants know it. @default "main"
   */
  spec<S extends Section, C extends Cloud = Cloud>(
    section: S,
    cloud?: C,
    name?: string,
  ): SpecOn<S, C> | undefined;
}

/** A section, with its type kept to the letter. */
export function defineSection<const S extends Section>(section: S): S {
  return section;
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
export type OutputsOf<S extends Section> = S extends { readonly outputs: infer O extends z.ZodType }
  ? z.output<O>
  : never;

/** The specs of a cell with these sections: those that every cell has, others where it has them, and further ones by key. */
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
 * The component's name in Pulumi of the main section, or of the one with this key: `cache`, `caches-sessions`. By the plural, as
 * the main one may have a child `cache-sessions`.
 */
export function componentName(
  { component, plural = component }: Section,
  key: string | undefined,
): string {
  return key === undefined ? component : `${plural}-${key}`;
}

/** The name that grants know a resource by: `main`, `sessions` for the cache of this key, `analytics.clicks` for a topic of one. */
export function grantName(local: string, key: string | undefined): string {
  if (key === undefined) return local;
  return local === "main" ? key : `${key}.${local}`;
}

export function isSupported(on: SectionOnCloud | UnsupportedSection): on is SectionOnCloud {
  return !("unsupported" in on);
}
