/** What came of the waves of a fleet. */
import type { StackReport } from "../engine/deploy.ts";
import { changedBy } from "../engine/events.ts";
import { table } from "../report/table.ts";

export interface Wave {
  readonly stacks: readonly string[];
  readonly reports: readonly StackReport[];
}

/** Whether an update would change a tenant, or its clouds are not as it was left. */
export function differs({ counts, result }: Pick<StackReport, "counts" | "result">): boolean {
  return changedBy(counts) > 0 || (result?.progress.drift.length ?? 0) > 0;
}

/** One line for each wave. */
export function wavesText(waves: readonly Wave[]): string {
  return table(
    ["wave", "tenants", "changed", "no changes", "failed", "not started"],
    waves.map(({ stacks, reports }, index) => {
      const count = (test: (report: StackReport) => boolean) => reports.filter(test).length;
      const done = (report: StackReport) => report.status === "done";
      return [
        index + 1,
        stacks.length,
        count((report) => done(report) && changedBy(report.counts) > 0),
        count((report) => done(report) && changedBy(report.counts) === 0),
        count(({ status }) => status === "failed"),
        count(({ status }) => status === "skipped"),
      ];
    }),
  );
}
