/** The types of a runbook: the cells of a failover, and its steps. */
import type { ReplicatedService } from "../../components/replication/mechanisms.ts";
import type { PlannedLink, ReplicatedCell } from "../../components/replication/plan.ts";

/** The fields of a cell that a failover needs. */
export interface FailoverCell extends ReplicatedCell {
  readonly environment: string;
  readonly stack: string;
  /** The name of its Kubernetes cluster. */
  readonly clusterName: string;
  /** The zone of an existing zonal cluster. @default the region */
  readonly clusterLocation?: string;
  /** Namespaces of the workloads that write to stream, database or buckets, according to the manifest. */
  readonly writers: readonly string[];
  /** Services without a copy, by section, with the consequence. */
  readonly left: Readonly<Record<string, string>>;
  /** Name of the first database. */
  readonly databaseName?: string;
  /** On Google Cloud: number of the instance with this name. */
  readonly databaseGeneration?: number;
  /** On-premises. */
  readonly databaseNamespace?: string;
}

/** A command as a list of literal arguments. `${NAME}` is replaced with a value that an earlier command stored. */
export interface Command {
  readonly run: readonly string[];
  /** Stores its output under this name. */
  readonly into?: string;
  /** Writes its output to this file. */
  readonly file?: string;
}

export interface Step {
  /** Stable, for programs: `promote-database`. */
  readonly id: string;
  readonly title: string;
  readonly commands: readonly Command[];
  /** How to verify the step. */
  readonly verify: { readonly commands: readonly Command[]; readonly expect: string };
}

/** The objectives of a replicated service. */
export interface Expectation {
  readonly service: ReplicatedService;
  readonly bucket?: string;
  readonly mechanism: string;
  /** Undefined if there is no guarantee. */
  readonly rpo?: string;
  readonly rto: string;
}

export interface Runbook {
  readonly environment: string;
  readonly from: string;
  readonly to: string;
  /** Whether the first cell is lost: no command of the failover then accesses it. */
  readonly lost: boolean;
  readonly expected: readonly Expectation[];
  /** What the other cell does not have, by section. */
  readonly notCopied: Readonly<Record<string, string>>;
  readonly before: readonly Step[];
  readonly failover: readonly Step[];
  readonly failBack: readonly Step[];
}

/** The steps of a replicated service for each stage. */
export interface Play {
  /** Verifies that the copy exists and replicates. */
  readonly ready: Step;
  /** Waits until everything is replicated. */
  readonly drained: Step;
  /** Checks how much is lost with the first cell. */
  readonly lag: Step;
  /** Promotes the other cell's copy. @param lost whether the first cell is lost */
  takeOver(lost: boolean): Step;
  /** Brings data written there back. */
  readonly comeBack: Step;
  /** Promotes the first cell's service again. */
  readonly giveBack: Step;
}

/** A replication link from one cell to the other. */
export interface FailoverLink extends Omit<PlannedLink, "from" | "to"> {
  readonly from: FailoverCell;
  readonly to: FailoverCell;
}
