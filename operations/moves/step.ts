/** The types of a plan of a move. */
import type { MoveCommand } from "../../components/section/tenant-moves.ts";

export interface MoveStep {
  /** Stable: `copy-database`. */
  readonly id: string;
  readonly title: string;
  /** `atoll` deploys the tenant; an operator runs commands; `wait` is time to watch it. */
  readonly by: "atoll" | "operator" | "wait";
  readonly commands: readonly MoveCommand[];
  readonly verify: { readonly commands: readonly MoveCommand[]; readonly expect: string };
  readonly rollBack: string;
  /** What may be lost by this step. */
  readonly lost: string;
  /** Whether it can be undone. */
  readonly reversible: boolean;
}

export interface MovePlan {
  /** `prod.acme` */
  readonly tenant: string;
  readonly what: "tier" | "cell";
  readonly from: string;
  readonly to: string;
  readonly steps: readonly MoveStep[];
  /** The steps after a cut-over that bring the tenant back. */
  readonly back: readonly MoveStep[];
  /** Sections with what happens to each: `database: bridge to silo, copied`. */
  readonly sections: readonly MovedSection[];
}

export interface MovedSection {
  readonly section: string;
  readonly cell: string;
  readonly from: string;
  readonly to: string;
  readonly how: "in place" | "beside";
  readonly lost: string;
}
