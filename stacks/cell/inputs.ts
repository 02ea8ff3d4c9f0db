/** What the cell of each cloud is built from, and what it gives back. */

import type * as pulumi from "@pulumi/pulumi";
import type { CacheContract } from "../../components/cache/contract.ts";
import type { ClusterContract } from "../../components/cluster/contract.ts";
import type { ComponentArgs } from "../../components/core/component.ts";
import type { DatabaseContract } from "../../components/database/contract.ts";
import type { EventSourcingContract } from "../../components/event-sourcing/contract.ts";
import type { AwsReferences } from "../../components/identity/aws-statements.ts";
import type { IdentityContract } from "../../components/identity/contract.ts";
import type { GcpReferences } from "../../components/identity/gcp-roles.ts";
import type { NodePoolsContract } from "../../components/node-pool/contract.ts";
import type { ObjectStoreContract } from "../../components/object-store/contract.ts";
import type { SecretsContract } from "../../components/secrets/contract.ts";
import type { StreamContract } from "../../components/stream/contract.ts";
import type { Cell, Connected, Names, People } from "../../footprint/model.ts";
import type {
  AwsCellSpecs,
  GcpCellSpecs,
  OnpremCellSpecs,
} from "../../footprint/specs/cell-sections.ts";
import type { CellKeys } from "../environment/keys.ts";
import type { CellOutputs } from "../outputs/cell.ts";
import type { AttachmentOutputs } from "../outputs/connectivity.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";
import type { Pending } from "../outputs/pending.ts";

export interface CellInputs<Specs> {
  readonly cell: Cell;
  /** All cells of the environment, this one included. */
  readonly cells: readonly Cell[];
  /** How cells reach each other; undefined where they do not. */
  readonly connectivity: Connected | undefined;
  /** Private names; undefined where there are none. */
  readonly names: Names | undefined;
  /** Who reaches what is private; undefined where nobody does. */
  readonly people: People | undefined;
  /** What the environment's stack tells; undefined in a preview that runs before it is up. */
  readonly environment: EnvironmentOutputs | undefined;
  readonly specs: Specs;
  readonly common: ComponentArgs;
}

/** The services of a cell; those that its manifest leaves out are undefined. */
export interface Services {
  readonly stream: StreamContract | undefined;
  readonly eventSourcing: EventSourcingContract | undefined;
  readonly database: DatabaseContract | undefined;
  readonly cache: CacheContract | undefined;
  readonly objectStore: ObjectStoreContract | undefined;
  readonly secrets: SecretsContract | undefined;
  readonly identity: IdentityContract | undefined;
}

export interface Built {
  readonly cluster: ClusterContract;
  readonly nodePools: NodePoolsContract;
  readonly services: Services;
  /** How it reaches other cells and is reached by them; undefined where it does not. */
  readonly connectivity: Pending<AttachmentOutputs> | undefined;
  /** What IAM knows its resources by. */
  readonly references?: AwsReferences | GcpReferences;
  /** Its private names; undefined where there are none. */
  readonly dns?: Pending<NonNullable<CellOutputs["dns"]>> | undefined;
  /** How people reach what is private in it; undefined where nobody does. */
  readonly people?: Pending<NonNullable<CellOutputs["people"]>> | undefined;
  /** What copies of other cells' services stand on here. */
  readonly ground?: Pending<CellOutputs["ground"]>;
  /** Hosts of the copies that were made, by what they are copies of. */
  readonly copies?: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface AwsCellInputs extends CellInputs<AwsCellSpecs> {
  readonly keys: CellKeys;
  /** Bucket of the environment's archive that services deliver their logs to; undefined where there is none yet. */
  readonly serviceLogs: pulumi.Input<string> | undefined;
}

export interface GcpCellInputs extends CellInputs<GcpCellSpecs> {
  readonly keys: CellKeys;
}

export type OnpremCellInputs = CellInputs<OnpremCellSpecs>;
