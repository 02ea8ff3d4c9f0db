/** The report of a command that ran stacks: as text, as JSON and as an exit code. */
import { environmentOf } from "../../footprint/files/config-files.ts";
import type { Verdict } from "../../operations/isolation/model.ts";
import type { StackReport } from "../engine/deploy.ts";
import type { SettingLoss } from "../engine/deployed-settings.ts";
import type { Orphan } from "../engine/orphans.ts";
import { type ExitCode, exitCodes, Failure, formatFailure } from "../failure.ts";
import type { Io } from "../io.ts";
import { type Catalogue, type Finding, loadCatalogue } from "./catalogue.ts";
import { isolationJson } from "./isolation.ts";
import { findingsOf, reportText } from "./text.ts";

export interface RunReport {
  /** The requested environment or cell. */
  readonly asked: string;
  readonly operation: string;
  readonly reports: readonly StackReport[];
  readonly findings: readonly Finding[];
  /** Deployed stacks that no manifest describes. */
  readonly orphans: readonly Orphan[];
  /** What changed settings lose. */
  readonly lost?: readonly SettingLoss[];
  /** The proof of isolation of the tenants, where it was made. Its paths are findings as well. */
  readonly isolation?: readonly Verdict[];
}

/** The report of a run, with the control of every violation. */
export async function explain(
  asked: string,
  operation: string,
  reports: readonly StackReport[],
  orphans: readonly Orphan[] = [],
  lost: readonly SettingLoss[] = [],
): Promise<RunReport> {
  const refused = reports.some(({ violations }) => violations.length > 0);
  const catalogue: Catalogue = refused ? await loadCatalogue() : new Map();
  return { asked, operation, reports, findings: findingsOf(catalogue, reports), orphans, lost };
}

/** Violated policies come before failures, as they need attention first. */
export function exitCodeOf({
  reports,
  findings,
}: Pick<RunReport, "reports" | "findings">): ExitCode {
  if (findings.some(({ level }) => level === "mandatory")) return exitCodes.policyViolations;
  // The failure that caused a skipped stack is counted already.
  const failures = reports.flatMap(({ status, failure }) =>
    failure && status !== "skipped" ? [failure] : [],
  );
  const worst = failures.find((failure) => failure.exitCode === exitCodes.failed) ?? failures[0];
  if (worst) return worst.exitCode;
  return reports.every(({ status }) => status === "done") ? exitCodes.done : exitCodes.failed;
}

/** Prints a report as text or as JSON. */
export function print(io: Io, report: RunReport): void {
  io.say(reportText(report, io.colors));
  noteFailures(io, report);
  io.result(asJson(report));
}

/** Prints failures other than violations; with `--json` the result has them. */
export function noteFailures(io: Io, { reports }: Pick<RunReport, "reports">): void {
  if (io.json) return;
  for (const failure of distinctFailures(reports)) io.note(`\n${formatFailure(failure)}`);
}

/**
 * The failures to show, without those of skipped stacks. Stacks with the same failure, such as a wrong passphrase, are reported
 * together.
 */
export function distinctFailures(reports: RunReport["reports"]): Failure[] {
  const failed = reports.filter(({ status, failure }) => failure && status !== "skipped");
  const alike = Map.groupBy(failed, ({ stack, failure }) =>
    [failure?.code, failure?.message.replaceAll(stack, ""), failure?.details].join("\n"),
  );
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first?.failure === undefined) return [];
    if (others.length === 0) return [first.failure];
    const { code, message, cure, details } = first.failure;
    const names = others.map(({ stack }) => stack).join(", ");
    return [new Failure(code, `${message}; the same for ${names}`, cure, details)];
  });
}

export function asJson(report: RunReport): unknown {
  return {
    environment: environmentOf(report.asked),
    operation: report.operation,
    exitCode: exitCodeOf(report),
    stacks: report.reports.map(({ stack, status, counts, seconds, failure, result }) => ({
      stack,
      status,
      ...counts,
      seconds: Number(seconds.toFixed(1)),
      changes: result?.progress.changes ?? [],
      drift: result?.progress.drift ?? [],
      diagnostics: result?.progress.diagnostics ?? [],
      ...(failure
        ? {
            error: {
              code: failure.code,
              message: failure.message,
              cure: failure.cure,
              details: failure.details,
            },
          }
        : {}),
    })),
    orphans: report.orphans,
    losses: report.lost ?? [],
    ...(report.isolation === undefined ? {} : { isolation: isolationJson(report.isolation) }),
    violations: report.findings.map(({ stack, control, level, resource, found, requiredBy }) => ({
      stack,
      control: control.id,
      title: control.title,
      severity: control.severity,
      level,
      resource,
      found,
      remedy: control.remedy,
      requiredBy,
    })),
  };
}
