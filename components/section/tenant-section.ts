/**
 * The declaration of a section of a tenant: what a tier and a tenant's manifest say about it, and what is built from that on each
 * cloud. Used by stacks, checks, capacity, JSON Schema and the command line. Pure: components are loaded only if they are built.
 */
import type { z } from "zod";
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import type { FrameworkId } from "../core/frameworks.ts";
import type { PlannedName } from "../core/place.ts";
import type { CostItem } from "../pricing/item.ts";
import type { Demand, Resource } from "../tenancy/capacity.ts";
import type { Isolation } from "../tenancy/isolation.ts";
import type { SectionCell } from "./cell.ts";
import type { Section, SpecOn, UnsupportedSection } from "./section.ts";
import type { TenantMoves } from "./tenant-moves.ts";

export interface TenantSection {
  /** The field in tiers and in tenants' manifests: `database`. */
  readonly name: string;
  /** The component's name in Pulumi, after the cell's: `database`. */
  readonly component: string;
  /** The page that describes it: `components/tenant-database`. @default none */
  readonly page?: string;
  /** What it is, in one sentence. */
  readonly about: string;
  /** Whether tiers choose its isolation. @default it is the same in every tier */
  readonly layer?: true;
  /** What a tier says about it. */
  readonly tier: z.ZodType;
  /** Whether a tier that omits it has the defaults of its settings. @default tenants of such a tier cannot have it */
  readonly inTier?: "defaulted";
  /** What a tenant's manifest says about it. */
  readonly settings: z.ZodType;
  /** Whether every tenant has it. @default a tenant has it if its manifest does */
  readonly required?: "defaulted";
  /** The section of the cell that it uses. A tenant that has it is refused on a cell without that section. */
  readonly uses?: Section;
  readonly clouds: Readonly<Record<Cloud, TenantSectionOnCloud | UnsupportedSection>>;
  /** What it takes of its cell, from its spec. @default nothing */
  demand?(spec: never): Demand;
  /**
   * Resources of which it gives the tenant its own, such as CPUs of its own nodes: what the tenant's sections need of them is not
   * taken of its cell. @default none
   */
  owns?(spec: never): readonly Resource[];
  /** The largest planned costs of what belongs to the tenant alone, such as its own database cluster. @default none */
  costs?(spec: never, tenant: TenantContext): readonly CostItem[];
  /** Keys of config values that it reads, by the fields that name them. */
  configKeys?(settings: never): Readonly<Record<string, string | undefined>>;
  /** Its stack outputs. */
  readonly outputs?: z.ZodType;
  outputsOf?(built: never): unknown;
  /** Its column in the table of deployed tenants: a short title, and the value. */
  readonly column?: { readonly title: string; value(outputs: never): string };
  /** How it moves to another isolation or cell. @default it is changed in place, and recreated on another cell without its data */
  readonly moves?: TenantMoves;
}

/** A section of a tenant on one cloud. */
export interface TenantSectionOnCloud {
  /** Isolations that the cloud does not have, with the reason and an alternative. @default none */
  readonly without?: Readonly<Partial<Record<Isolation, string>>>;
  /** The component's spec. */
  readonly spec: z.ZodType;
  /** The input of the spec, from what the tier and the tenant say, and from the cell. Pure, and never throws. */
  plan(given: never, tenant: TenantContext): unknown;
  /**
   * Where pods of the tenant connect to it. @default nowhere
   *
   * @param tenant the tenant's id
   */
  reaches?(given: never, cell: SectionCell, tenant: string): Omit<Reached, "to">;
  /** Problems of what the tenant says, each with its path below the section. @default none */
  check?(given: never, tenant: TenantContext): Problem[];
  /** Loads the builder. */
  build(): Promise<TenantSectionBuilder>;
  /** Loads what the cell's stack builds once for all of its tenants, such as a function that runs SQL. @default nothing */
  shared?(): Promise<SharedBuilder>;
  /** The physical names of what it builds, that are unique in an account or project. @default none */
  sharedNames?(cell: SectionCell): readonly PlannedName[];
}

/** A service of the cell that a section of a tenant connects to. */
export interface Reached {
  /** The section's name. */
  readonly to: string;
  readonly ports: readonly number[];
  /** CIDR blocks, where the service is outside the cluster. @default none */
  readonly cidrs?: readonly string[];
  /** Namespaces, where it is in the cluster. @default none */
  readonly namespaces?: readonly string[];
}

/** What a tier and a tenant say about a section, valid by the schemas of the section. */
export interface Given<S extends { readonly tier: z.ZodType; readonly settings: z.ZodType }> {
  readonly isolation: Isolation;
  readonly tier: z.output<S["tier"]>;
  readonly settings: z.output<S["settings"]>;
}

export interface TenantSectionBuilder {
  build(spec: never, tenant: never): unknown;
}

/** Builds what the tenants of a cell share. */
export interface SharedBuilder {
  /**
   * @param name the component's name in Pulumi
   * @param tiers the tiers that a tenant of the cell can have, by name
   * @param cell the inputs of a cell's section
   * @returns the component, whose field `shares` has outputs of the section `tenancy`; undefined if the cell needs nothing
   */
  build(name: string, tiers: never, cell: never): object | undefined | Promise<object | undefined>;
}

/** A tenant on one of its cells. Plain data. */
export interface TenantContext {
  readonly environment: string;
  /** The tenant's id: `acme`. */
  readonly id: string;
  /** The name of its tier. */
  readonly tier: string;
  /** Its isolation by layer. */
  readonly isolation: Readonly<Record<string, Isolation>>;
  readonly lifetime: "permanent" | "ephemeral";
  /** The frameworks that the environment or the tenant claims. */
  readonly frameworks: readonly FrameworkId[];
  /** How long data is kept after the tenant has left, in days. */
  readonly retentionDays: number;
  /** The services of the cell that the tenant's sections reach, for network policies. */
  readonly reaches: readonly Reached[];
  /** Whether its workloads and traffic are stopped, and its data kept. */
  readonly suspended: boolean;
  readonly cell: SectionCell;
  /** The block of all cells of the environment. */
  readonly supernet: string;
  /** The spec of a section of the cell. Undefined if the cell does not have it. */
  cellSpec<S extends Section, C extends Cloud>(section: S, cloud: C): SpecOn<S, C> | undefined;
  /** What the tenant's manifest says about another section. Undefined if it has none. */
  settings<S extends TenantSection>(section: S): z.output<S["settings"]> | undefined;
}

/** Declares a section, and keeps its literal type. */
export function defineTenantSection<const S extends TenantSection>(section: S): S {
  return section;
}

/** The spec of a section on a cloud. */
export type TenantSpecOn<S extends TenantSection, C extends Cloud> = S["clouds"][C] extends {
  readonly spec: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : never;

/** The component of a section on a cloud. */
export type TenantBuiltOn<S extends TenantSection, C extends Cloud> = S["clouds"][C] extends {
  build(): Promise<{ build(spec: never, tenant: never): infer Built }>;
}
  ? Exclude<Awaited<Built>, undefined>
  : never;

/** The outputs of a section. */
export type TenantOutputsOf<S extends TenantSection> = S extends {
  readonly outputs: infer O extends z.ZodType;
}
  ? z.output<O>
  : never;

export function isSupportedForTenants(
  on: TenantSectionOnCloud | UnsupportedSection,
): on is TenantSectionOnCloud {
  return !("unsupported" in on);
}
