/** One setting, changed to other values, and what is planned for each. */
import type { Change, Changes } from "../../components/section/changes.ts";
import type { Planned } from "../support/planned.ts";

/** A setting's place and values. */
interface Values {
  /** `topics.orders.partitions` */
  readonly at: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A change of one setting. */
export interface Trial extends Values {
  readonly plan: Planned;
  /** Whether the section's table refuses it. */
  readonly refused: boolean;
  /** What it loses by the section's table. */
  readonly losses: readonly string[];
}

/** A setting with its entry in the table, and its trials. */
export interface Setting {
  /** `stream.aws.topics.*.partitions`, `audit.retentionDays` */
  readonly label: string;
  readonly entry: Change;
  readonly trials: readonly Trial[];
}

/** The entry of a path, or of the nearest object that has one. */
export function entryOf(table: Changes, path: string): Change {
  for (let one = path; one !== ""; one = one.slice(0, Math.max(0, one.lastIndexOf(".")))) {
    const entry = table[one];
    if (entry !== undefined) return entry;
  }
  throw new Error(`no entry for ${path}`);
}

/** The change back. */
export function reversed({ before, after, ...place }: Values): Values {
  return { ...place, before: after, after: before };
}

/** Other values for a label: the longest end of it that has some. */
export function valuesFor(
  table: Readonly<Record<string, readonly unknown[]>>,
  label: string,
): unknown[] {
  return Object.keys(table)
    .filter((end) => label === end || label.endsWith(`.${end}`))
    .toSorted((a, b) => b.length - a.length)
    .flatMap((end) => table[end] ?? []);
}

/** The most trials of a setting: some values change nothing by themselves. */
const most = 8;

/** Whether the trials say enough: each value is tried in both directions. */
export function isEnough({ kind }: Change, trials: readonly Trial[]): boolean {
  if (trials.length >= most) return true;
  switch (kind) {
    case "in-place":
      return trials.some(changesAnything);
    case "replaces":
      return trials.some(removesAnything);
    default:
      return trials.length > 0;
  }
}

export function removesAnything({ plan }: Trial): boolean {
  return plan.replaced.length + plan.deleted.length > 0;
}

/** @throws Error when a section that is built twice from the same settings differs: its trials would say nothing. */
export function sameAgain(name: string, plan: Planned): void {
  if (changesAnything({ plan })) throw new Error(`${name} differs: ${JSON.stringify(plan)}`);
}

export function changesAnything({ plan }: Pick<Trial, "plan">): boolean {
  return Object.values(plan).some((names) => names.length > 0);
}
