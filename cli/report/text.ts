/** Reports as text. */
import type { Verdict } from "../../operations/isolation/model.ts";
import type { StackReport } from "../engine/deploy.ts";
import type { SettingLoss } from "../engine/deployed-settings.ts";
import type { Counts } from "../engine/events.ts";
import { type Orphan, orphanCure } from "../engine/orphans.ts";
import type { Colors } from "../io.ts";
import { type Catalogue, type Finding, findingOf } from "./catalogue.ts";
import { driftText } from "./drift.ts";
import { isolationText } from "./isolation.ts";
import { lossText, settingLossText } from "./loss.ts";
import { table } from "./table.ts";
import { wrapped } from "./wrap.ts";

/** The summary: one row per stack. */
export function summaryTable(reports: readonly StackReport[]): string {
  return table(
    ["stack", "result", "changes", "policies", "seconds"],
    reports.map(({ stack, status, counts, violations, seconds, failure, result }) => [
      stack,
      status,
      status === "skipped" ? "" : countsText(counts, result?.operation === "preview"),
      policiesText(violations, failure === undefined && result?.operation !== "destroy"),
      seconds.toFixed(1),
    ]),
  );
}

/** `2 created, 43 same`, or `2 to create, 43 same` for a preview. */
export function countsText(counts: Counts, planned: boolean): string {
  const words = [
    [counts.created, "created", "to create"],
    [counts.updated, "updated", "to update"],
    [counts.replaced, "replaced", "to replace"],
    [counts.deleted, "deleted", "to delete"],
    [counts.unchanged, "same", "same"],
  ] as const;
  const parts = words.flatMap(([count, done, plan]) =>
    count === 0 ? [] : `${count} ${planned ? plan : done}`,
  );
  return parts.length === 0 ? "none" : parts.join(", ");
}

export function policiesText(violations: StackReport["violations"], judged: boolean): string {
  const mandatory = violations.filter(({ level }) => level === "mandatory").length;
  const advisory = violations.length - mandatory;
  const parts = [
    ...(mandatory > 0 ? [`${mandatory} violated`] : []),
    ...(advisory > 0 ? [`${advisory} advisory`] : []),
  ];
  if (parts.length > 0) return parts.join(", ");
  return judged ? "passed" : "not judged";
}

export function findingsOf(catalogue: Catalogue, reports: readonly StackReport[]): Finding[] {
  return reports.flatMap(({ stack, violations }) =>
    violations.map((violation) => findingOf(catalogue, stack, violation)),
  );
}

/** A finding: control, resource, value, remedy, references. */
export function findingText(
  { control, level, stack, resource, found, requiredBy }: Finding,
  colors: Colors,
): string {
  const heading = `${control.id} ${control.title} (${control.severity}, ${level})`;
  return [
    level === "mandatory" ? colors.red(heading) : colors.yellow(heading),
    `  stack       ${stack}`,
    `  resource    ${resource.name || resource.urn} (${resource.type})`,
    `  found       ${indented(found)}`,
    `  remedy      ${control.remedy}`,
    ...(requiredBy.length > 0 ? [`  frameworks  ${requiredBy.join(", ")}`] : []),
  ].join("\n");
}

/** The table comes last, where it stays visible. */
export function reportText(
  {
    reports,
    findings,
    orphans,
    lost = [],
    isolation = [],
  }: {
    readonly reports: readonly StackReport[];
    readonly findings: readonly Finding[];
    readonly orphans: readonly Orphan[];
    readonly lost?: readonly SettingLoss[];
    readonly isolation?: readonly Verdict[];
  },
  colors: Colors,
): string {
  return [
    ...findings.map((finding) => `${findingText(finding, colors)}\n`),
    ...[
      driftText(reports, colors),
      orphanText(orphans),
      lossText(reports, colors),
      settingLossText(lost),
      isolationText(isolation, colors),
    ].flatMap((text) => (text === "" ? [] : `${text}\n`)),
    summaryTable(reports),
  ].join("\n");
}

function orphanText(orphans: readonly Orphan[]): string {
  if (orphans.length === 0) return "";
  return [
    "Deployed, but no manifest describes it:",
    ...orphans.map(({ stack, resources }) =>
      wrapped(`${stack} (${resources} resources): ${orphanCure(stack)}`, 2),
    ),
  ].join("\n");
}

function indented(text: string): string {
  return text.replaceAll("\n", `\n${" ".repeat(14)}`);
}
