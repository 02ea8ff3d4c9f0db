/** The types of a footprint: an environment and its cells as their files describe them, checked against each other. */
import type { z } from "zod";
import type { awsAuditSpec, gcpAuditSpec, onpremAuditSpec } from "../components/audit/schema.ts";
import type { awsBudgetSpec, gcpBudgetSpec } from "../components/budget/schema.ts";
import type { ConnectivityPlan } from "../components/connectivity/model.ts";
import type { ConnectivitySettings } from "../components/connectivity/schema.ts";
import type {
  awsDeployersSpec,
  gcpDeployersSpec,
} from "../components/identity/deployers-schema.ts";
import type { Reached } from "../components/people-access/plan.ts";
import type { PeopleSettings } from "../components/people-access/schema.ts";
import type { DnsPlan } from "../components/private-dns/plan.ts";
import type { DnsSettings } from "../components/private-dns/schema.ts";
import type { Section, SpecsOn } from "../components/section/section.ts";
import type { CellSection } from "../components/sections.ts";
import type { CellManifest } from "./manifest/cell.ts";
import type { EnvironmentManifest } from "./manifest/environment.ts";
import type { Kind } from "./manifest/kinds.ts";

export type { CellContext } from "../components/section/cell.ts";
export type { CellManifest } from "./manifest/cell.ts";
export type { EnvironmentManifest } from "./manifest/environment.ts";

export type AwsCellSpecs = SpecsOn<CellSection, "aws">;
export type GcpCellSpecs = SpecsOn<CellSection, "gcp">;
export type OnpremCellSpecs = SpecsOn<CellSection, "onprem">;

/** The specs of a cell's sections. A user's own sections are included; only the user's code knows their types. */
export type CellSpecs = AwsCellSpecs | GcpCellSpecs | OnpremCellSpecs;

/** An environment's manifest with its names. */
export interface PlacedEnvironment extends EnvironmentManifest {
  readonly name: string;
  /** Its stack's name, which is the environment's. */
  readonly stack: string;
}

export interface Environment extends PlacedEnvironment {
  /** The specs of its components: the manifest's sections, checked and completed from the cells. */
  readonly specs: EnvironmentSpecs;
}

/** A cell's manifest with its names. */
export type PlacedCell = CellManifest & {
  readonly name: string;
  /** Its stack's name: `<environment>.<cell>`. */
  readonly stack: string;
};

export type Cell = PlacedCell & {
  /** The specs of its components: the manifest's sections, checked, with defaults filled in. */
  readonly specs: CellSpecs;
};

/** A stack and the stacks that must be deployed before it. */
export interface StackNode {
  readonly name: string;
  readonly kind: Kind;
  readonly needs: readonly string[];
}

export interface Footprint {
  /** The sections that its cells can have, in the order in which they are built. */
  readonly registry: readonly Section[];
  readonly environment: Environment;
  readonly cells: readonly Cell[];
  readonly stacks: readonly StackNode[];
  /** How cells reach each other; undefined where they do not. */
  readonly connectivity: Connected | undefined;
  /** Private names; undefined where there are none. */
  readonly names?: Names | undefined;
  /** Who reaches private endpoints; undefined where no one does. */
  readonly people?: People | undefined;
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

export interface EnvironmentSpecs {
  readonly targets: Targets;
  readonly audit: AuditSpecs;
  readonly budget: BudgetSpecs;
  readonly deployers: DeployerSpecs;
}

export interface AuditSpecs {
  readonly accounts: Readonly<Record<string, z.output<typeof awsAuditSpec>>>;
  readonly projects: Readonly<Record<string, z.output<typeof gcpAuditSpec>>>;
  /** For the API servers of all sites. */
  readonly onprem: z.output<typeof onpremAuditSpec> | undefined;
}

export interface BudgetSpecs {
  readonly accounts: Readonly<Record<string, z.output<typeof awsBudgetSpec>>>;
  readonly projects: Readonly<Record<string, z.output<typeof gcpBudgetSpec>>>;
  /** By cell. */
  readonly cells: Readonly<
    Record<string, z.output<typeof awsBudgetSpec> | z.output<typeof gcpBudgetSpec>>
  >;
}

export interface DeployerSpecs {
  readonly accounts: Readonly<Record<string, z.output<typeof awsDeployersSpec>>>;
  readonly projects: Readonly<Record<string, z.output<typeof gcpDeployersSpec>>>;
}

/** The part of an environment's manifest that its components' specs are derived from. */
export type EnvironmentSections = Pick<
  EnvironmentManifest,
  | "lifetime"
  | "frameworks"
  | "audit"
  | "budget"
  | "connectivity"
  | "credentials"
  | "deployers"
  | "dns"
  | "keys"
  | "people"
  | "tags"
> &
  Partial<Pick<EnvironmentManifest, "addressSpace">>;

/** An environment's cells as far as they could be read. */
export interface CellsRead {
  /** The names of all cells. */
  readonly names: readonly string[];
  /** The cells whose own fields are valid. */
  readonly placed: readonly PlacedCell[];
}

/** An environment whose manifest has a reachability matrix. */
export interface Connected {
  readonly settings: ConnectivitySettings;
  readonly plan: ConnectivityPlan;
}

/** An environment whose manifest has a domain. */
export interface Names {
  readonly settings: DnsSettings;
  readonly plan: DnsPlan;
}

/** An environment whose manifest gives people access. */
export interface People {
  readonly settings: PeopleSettings;
  /** Cells to what people reach in them. */
  readonly reached: Readonly<Record<string, Reached>>;
}
