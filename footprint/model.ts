/** The types of a footprint: an environment and its cells as their files describe them, checked against each other. */
import type { AtollEnvironmentSection } from "../components/environment-sections.ts";
import type {
  EnvironmentSection,
  PlannedBy,
  Targets,
} from "../components/section/environment-section.ts";
import type { Section, SpecsOn } from "../components/section/section.ts";
import type { TenantContext, TenantSection } from "../components/section/tenant-section.ts";
import type { CellSection } from "../components/sections.ts";
import type { Demand } from "../components/tenancy/capacity.ts";
import type { Tier } from "../components/tenancy/tier-schema.ts";
import type { CellManifest } from "./manifest/cell.ts";
import type { EnvironmentManifest } from "./manifest/environment.ts";
import type { Kind } from "./manifest/kinds.ts";
import type { TenantManifest } from "./manifest/tenant.ts";

export type { Connected } from "../components/connectivity/model.ts";
export type { People } from "../components/people-access/plan.ts";
export type { Names } from "../components/private-dns/plan.ts";
export type { CellContext } from "../components/section/cell.ts";
export type { Targets } from "../components/section/environment-section.ts";
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

/** A tenant's manifest with its names. */
export interface PlacedTenant extends TenantManifest {
  /** Its id: `acme`. */
  readonly name: string;
  /** Its stack's name: `<environment>.<id>`. */
  readonly stack: string;
}

/** A section of a tenant with its checked spec. */
export interface TenantSpec {
  readonly section: TenantSection;
  readonly spec: unknown;
}

/** The plan of a tenant on one of its cells. */
export interface TenantOnCell {
  readonly cell: Cell;
  /** Its tier, with what it overrides. */
  readonly tier: Tier;
  readonly context: TenantContext;
  /** Its sections, in the order in which they are built. */
  readonly sections: readonly TenantSpec[];
}

export interface Tenant extends PlacedTenant {
  /** Its plan on each of its cells. */
  readonly on: readonly TenantOnCell[];
  /** During a move to another tier: the sections that it has twice, as the other tier has them, on each of its cells. */
  readonly beside: readonly TenantOnCell[];
}

/** A stack and the stacks that must be deployed before it. */
export interface StackNode {
  readonly name: string;
  readonly kind: Kind;
  readonly needs: readonly string[];
}

export interface Footprint {
  /** The sections that its cells can have, in the order in which they are built. */
  readonly registry: readonly Section[];
  /** The sections of its environment, in the order in which they are built. */
  readonly environmentSections: readonly EnvironmentSection[];
  readonly environment: Environment;
  readonly cells: readonly Cell[];
  /** Its tenants, as far as they were asked for. */
  readonly tenants: readonly Tenant[];
  readonly stacks: readonly StackNode[];
  /** What its stacks, and those of the folder's other environments, take of the quotas of each AWS account; without tenants. */
  readonly taken: Readonly<Record<string, Demand>>;
  /** What its cells have in common: how they reach each other, their names, and who reaches them. */
  readonly plans: EnvironmentPlans;
}

/** The specs of the sections that have them, and the targets of the cells. */
export type EnvironmentSpecs = { readonly targets: Targets } & {
  readonly [S in AtollEnvironmentSection as S extends { spec(...args: never): unknown }
    ? S["name"]
    : never]: S extends { spec(...args: never): infer Spec } ? Spec : never;
};

/** What sections and cells build from, by section; a section that is omitted has none. */
export type EnvironmentPlans = {
  readonly [S in AtollEnvironmentSection as S extends { plan(...args: never): unknown }
    ? S["name"]
    : never]?: PlannedBy<S> | undefined;
};

/** The settings that an environment's sections are checked with. */
export type EnvironmentSettings = Pick<EnvironmentManifest, "lifetime" | "frameworks" | "tags"> &
  Pick<EnvironmentManifest, AtollEnvironmentSection["name"]> & {
    /** Undefined if it is invalid. */
    readonly addressSpace?: EnvironmentManifest["addressSpace"] | undefined;
    /** The names of invalid sections. @default none */
    readonly invalid?: readonly string[];
  };

/** An environment's cells as far as they could be read. */
export interface CellsRead {
  /** The names of all cells. */
  readonly names: readonly string[];
  /** The cells whose own fields are valid. */
  readonly placed: readonly PlacedCell[];
}
