/**
 * The declaration of a section of an environment: settings in its manifest, and what the environment builds from them for all of
 * its cells. Used by stacks, checks, JSON Schema and the command line. Pure: components are loaded only if they are built.
 */
import type { z } from "zod";
import type { Problem } from "../core/errors.ts";
import type { FrameworkId } from "../core/frameworks.ts";
import type { SectionCell } from "./cell.ts";
import type { Changes } from "./changes.ts";

export interface EnvironmentSection {
  /** The manifest's field: `audit`. */
  readonly name: string;
  /** The page that describes it: `components/audit`. @default none */
  readonly page?: string;
  /** What it is, in one sentence. */
  readonly about: string;
  readonly settings: z.ZodType;
  /** What a change of each setting does to what is deployed. @default not compared */
  readonly changes?: Changes;
  /** The settings that are compared, with values that the cells decide. @default the manifest's */
  compared?(settings: never, spec: never): unknown;
  /** Whether an omitted section has the defaults of its settings. @default an omitted section is undefined */
  readonly required?: "defaulted";
  /** Its maps by account, project or cell, of which each must be in the environment. @default none */
  entries?(settings: never, environment: EnvironmentContext): readonly SectionEntries[];
  /** Problems with the cells, with whole paths. Also called for an omitted section. @default none */
  check?(settings: never, environment: EnvironmentContext): Problem[];
  /** The specs of its components. Adds to `problems`, and is then incomplete. */
  spec?(settings: never, environment: EnvironmentContext, problems: Problem[]): unknown;
  /** What it adds to the plan of another section. Called only if it is not omitted. */
  readonly contributes?: {
    readonly to: string;
    of(settings: never, environment: EnvironmentContext): unknown;
  };
  /**
   * What it and the cells build from. Called only for valid sections; adds problems that concern several sections to `problems`.
   * @default its spec, or else its settings
   */
  plan?(settings: never, environment: EnvironmentContext, problems: Problem[]): unknown;
  /** Maps whose entries are checked by the cloud of a cell, by path in the section: the settings on each cloud. */
  readonly byCloud?: Readonly<Record<string, readonly z.ZodType[]>>;
  /** The regions of resources that an account or project has once. The environment has a provider there. */
  homes?(spec: never): Homes;
  /** Paths of its log retention in days. */
  readonly logRetention?: readonly (readonly string[])[];
  /** Keys of config values that it reads, by the fields that name them. */
  configKeys?(settings: never): Readonly<Record<string, string | undefined>>;
  /** Loads its builder. @default it builds nothing */
  build?(): Promise<EnvironmentBuilder>;
  /** Its stack outputs, below its name. */
  readonly outputs?: z.ZodType;
  outputsOf?(built: never): unknown;
}

/** The accounts, projects and sites that the cells of an environment are in. */
export interface Targets {
  /** By account id. */
  readonly accounts: Readonly<Record<string, { readonly regions: readonly string[] }>>;
  /** By project id. */
  readonly projects: Readonly<
    Record<string, { readonly projectNumber: string; readonly regions: readonly string[] }>
  >;
  /** Whether any cell is on-premises. */
  readonly sites: boolean;
}

/** A cell whose own fields are valid. Its sections may be invalid. */
export type EnvironmentCell = SectionCell & {
  /** The name of its config file, with which the paths of its problems start. */
  readonly file: string;
};

/** An environment and its cells as far as they could be read. */
export interface EnvironmentContext {
  /** The environment's config file, with which the paths of its problems start. */
  readonly file: string;
  readonly lifetime: "permanent" | "ephemeral";
  readonly frameworks: readonly FrameworkId[];
  /** The CIDR block of all cells. Undefined if it is invalid. */
  readonly supernet: string | undefined;
  readonly targets: Targets;
  /** The names of all cells, including those that could not be read. */
  readonly names: readonly string[];
  readonly cells: readonly EnvironmentCell[];
  /** The settings of another section. Undefined if they are omitted or invalid. */
  settings<S extends EnvironmentSection>(section: S): SettingsOf<S> | undefined;
  /** What other sections need of this one. */
  contributed(to: EnvironmentSection["name"]): readonly unknown[];
}

/** The names of cells that could not be read. */
export function unreadCells({
  names,
  cells,
}: Pick<EnvironmentContext, "names" | "cells">): string[] {
  return names.filter((name) => !cells.some((cell) => cell.name === name));
}

/** Builds the components of a section from its plan, its spec or its settings. */
export interface EnvironmentBuilder {
  build(planned: never, environment: never): unknown;
}

/** A map of a section whose keys name accounts, projects or cells. */
export interface SectionEntries {
  /** Its path in the section. */
  readonly at: readonly string[];
  readonly by: "account" | "project" | "cell";
  readonly entries: Readonly<Record<string, unknown>>;
  /** Whether each entry is a map by region. @default false */
  readonly byRegion?: boolean;
  /** Names that are valid without a cell. @default none */
  readonly also?: readonly string[];
}

/** Regions by account id and by project id. */
export interface Homes {
  readonly accounts: Readonly<Record<string, string>>;
  readonly projects: Readonly<Record<string, string>>;
}

/** Declares a section, and keeps its literal type. */
export function defineEnvironmentSection<const S extends EnvironmentSection>(section: S): S {
  return section;
}

/** The valid settings of a section. */
export type SettingsOf<S extends EnvironmentSection> = z.output<S["settings"]>;

/** What a section builds from: its plan, its spec or its settings. */
export type PlannedBy<S extends EnvironmentSection> = S extends {
  plan(...args: never): infer Plan;
}
  ? Exclude<Plan, undefined>
  : S extends { spec(...args: never): infer Spec }
    ? Spec
    : SettingsOf<S>;

/** What a section has built. */
export type BuiltBy<S extends EnvironmentSection> = S extends {
  build(): Promise<{ build(...args: never): infer Built }>;
}
  ? Exclude<Awaited<Built>, undefined>
  : never;

/** The maps `accounts` and `projects`, which most sections have. */
export function byTarget({
  accounts,
  projects,
}: {
  readonly accounts: Readonly<Record<string, unknown>>;
  readonly projects: Readonly<Record<string, unknown>>;
}): readonly [SectionEntries, SectionEntries] {
  return [
    { at: ["accounts"], by: "account", entries: accounts },
    { at: ["projects"], by: "project", entries: projects },
  ];
}
