/** The inputs and results of a cell on each cloud. */
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../components/core/cloud.ts";
import type { ComponentArgs } from "../../components/core/component.ts";
import type { Credentials } from "../../components/provider/credentials.ts";
import type { Deployed } from "../../components/section/deployed.ts";
import type { BuiltOn, Section } from "../../components/section/section.ts";
import type {
  AwsCellSpecs,
  Cell,
  Connected,
  Footprint,
  GcpCellSpecs,
  Names,
  OnpremCellSpecs,
  People,
} from "../../footprint/model.ts";
import type { CellOutputs } from "../outputs/cell.ts";
import type { AttachmentOutputs } from "../outputs/connectivity.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";
import type { Pending } from "../outputs/pending.ts";

export interface CellInputs<Specs = unknown> {
  readonly cell: Cell;
  /** The resources of the stack as they were last deployed. */
  readonly deployed: Deployed;
  /** The sections that a cell can have, in the order in which they are built. */
  readonly registry: Footprint["registry"];
  /** All cells of the environment, this one included. */
  readonly cells: readonly Cell[];
  /** How cells reach each other; undefined where they do not. */
  readonly connectivity: Connected | undefined;
  /** Private names; undefined where there are none. */
  readonly names: Names | undefined;
  /** Who reaches private endpoints; undefined where no one does. */
  readonly people: People | undefined;
  /** The roles and service accounts that the stack uses. */
  readonly credentials: Credentials;
  /** The outputs of the environment's stack; undefined in a preview that runs before it is deployed. */
  readonly environment: EnvironmentOutputs | undefined;
  readonly specs: Specs;
  readonly common: ComponentArgs;
  /** The environment's key for a purpose in the cell's account and region, or project and region. */
  key(purpose: string): pulumi.Input<string>;
}

export type AwsCellInputs = CellInputs<AwsCellSpecs>;
export type GcpCellInputs = CellInputs<GcpCellSpecs>;
export type OnpremCellInputs = CellInputs<OnpremCellSpecs>;

/** The components of a cell's sections. */
export interface BuiltSections {
  /** The main component of a section; undefined if the cell has none. */
  built<S extends Section, C extends Cloud>(section: S, cloud: C): BuiltOn<S, C> | undefined;
  /** The same for a required section. */
  needed<S extends Section, C extends Cloud>(section: S, cloud: C): BuiltOn<S, C>;
  /** The stack outputs of each section. */
  readonly outputs: Pending<CellOutputs["services"]>;
  /** The IAM identifiers of their resources: kind, name, and the fields of the kind. */
  readonly references: Readonly<Record<string, Record<string, unknown>>>;
}

export interface Built {
  readonly sections: BuiltSections;
  /** How it reaches other cells and is reached by them; undefined if it is isolated. */
  readonly connectivity: Pending<AttachmentOutputs> | undefined;
  /** Its private names; undefined if there are none. */
  readonly dns?: Pending<NonNullable<CellOutputs["dns"]>> | undefined;
  /** How people reach its private endpoints; undefined if people have no access. */
  readonly people?: Pending<NonNullable<CellOutputs["people"]>> | undefined;
  /** The network context for copies of other cells' services. */
  readonly ground?: Pending<CellOutputs["ground"]>;
  /** Hosts of the created copies, by what they copy. */
  readonly copies?: Readonly<Record<string, pulumi.Input<string>>>;
}
