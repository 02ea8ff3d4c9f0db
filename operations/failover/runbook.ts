/** The types of a runbook: what a failover knows of cells, and the steps that it consists of. */
import type { ReplicatedService } from "../../components/replication/mechanisms.ts";
import type { PlannedLink, ReplicatedCell } from "../../components/replication/plan.ts";

/** A cell, as far as a failover has to do with it. */
export interface FailoverCell extends ReplicatedCell {
  readonly environment: string;
  readonly stack: string;
  /** Of its Kubernetes. */
  readonly clusterName: string;
  /** Namespaces of what the manifest says writes to stream, database and buckets. */
  readonly writers: readonly string[];
  /** What it has that no copy exists of, by section, and what that means. */
  readonly left: Readonly<Record<string, string>>;
  /** Name of the first database. */
  readonly databaseName?: string;
  /** On GCP: counts instances of the same name. */
  readonly databaseGeneration?: number;
  /** On-premises. */
  readonly databaseNamespace?: string;
}

/** A command as its arguments, each taken as it is but for `${NAME}`, which stands for what an earlier command has kept. */
export interface Command {
  readonly run: readonly string[];
  /** Keeps what it prints under this name. */
  readonly into?: string;
  /** Writes what it prints to this file. */
  readonly file?: string;
}

export interface Step {
  /** Stable, for programs: `promote-database`. */
  readonly id: string;
  readonly title: string;
  readonly commands: readonly Command[];
  /** How one sees that it is done. */
  readonly verify: { readonly commands: readonly Command[]; readonly expect: string };
}

/** What can be expected of a service that is copied. */
export interface Expectation {
  readonly service: ReplicatedService;
  readonly bucket?: string;
  readonly mechanism: string;
  /** Undefined where nothing is promised. */
  readonly rpo?: string;
  readonly rto: string;
}

export interface Runbook {
  readonly environment: string;
  readonly from: string;
  readonly to: string;
  /** Whether the first cell is gone: then no command of the failover touches it. */
  readonly lost: boolean;
  readonly expected: readonly Expectation[];
  /** What the other cell does not get, by section. */
  readonly notCopied: Readonly<Record<string, string>>;
  readonly before: readonly Step[];
  readonly failover: readonly Step[];
  readonly failBack: readonly Step[];
}

/** What a copied service asks for at each stage. */
export interface Play {
  /** Whether the copy is there and follows. */
  readonly ready: Step;
  /** Nothing is on its way any more. */
  readonly drained: Step;
  /** How much is lost when the first cell is. */
  readonly lag: Step;
  /** The other cell's copy is the one that counts. @param lost whether the first cell is gone */
  takeOver(lost: boolean): Step;
  /** What was written there comes back. */
  readonly comeBack: Step;
  /** The first cell's is the one that counts again. */
  readonly giveBack: Step;
}

/** What is copied from one cell to the other. */
export interface FailoverLink extends Omit<PlannedLink, "from" | "to"> {
  readonly from: FailoverCell;
  readonly to: FailoverCell;
}
