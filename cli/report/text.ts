/** Reports for people. */
import type { StackReport } from "../engine/deploy.ts";
import type { Colors } from "../io.ts";
import { type Catalogue, type Finding, findingOf, referencesOf } from "./catalogue.ts";
import { table } from "./table.ts";

/** The closing table: a row a stack. */
export function summaryTable(reports: readonly StackReport[]): string {
  return table(
    [
      "stack",
      "result",
      "created",
      "updated",
      "replaced",
      "deleted",
      "unchanged",
      "policies",
      "seconds",
    ],
    reports.map(({ stack, status, counts, violations, seconds }) => [
      stack,
      status,
      counts.created,
      counts.updated,
      counts.replaced,
      counts.deleted,
      counts.unchanged,
      policiesText(violations),
      seconds.toFixed(1),
    ]),
  );
}

function policiesText(violations: StackReport["violations"]): string {
  const mandatory = violations.filter(({ level }) => level === "mandatory").length;
  const advisory = violations.length - mandatory;
  const parts = [
    ...(mandatory > 0 ? [`${mandatory} violated`] : []),
    ...(advisory > 0 ? [`${advisory} advisory`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "passed";
}

export function findingsOf(catalogue: Catalogue, reports: readonly StackReport[]): Finding[] {
  return reports.flatMap(({ stack, violations }) =>
    violations.map((violation) => findingOf(catalogue, stack, violation)),
  );
}

/** A finding: control, resource, value, remedy, references. */
export function findingText(
  { control, level, stack, resource, message }: Finding,
  colors: Colors,
): string {
  const heading = `${control.id} ${control.title} (${control.severity}, ${level})`;
  const references = referencesOf(control);
  return [
    level === "mandatory" ? colors.red(heading) : colors.yellow(heading),
    `  stack       ${stack}`,
    `  resource    ${resource.name || resource.urn} (${resource.type})`,
    `  found       ${indented(message)}`,
    `  remedy      ${control.remedy}`,
    ...(references.length > 0 ? [`  frameworks  ${references.join(", ")}`] : []),
  ].join("\n");
}

/** Findings first, the table last, where it is seen. */
export function reportText(
  {
    reports,
    findings,
  }: { readonly reports: readonly StackReport[]; readonly findings: readonly Finding[] },
  colors: Colors,
): string {
  return [
    ...findings.map((finding) => `${findingText(finding, colors)}\n`),
    summaryTable(reports),
  ].join("\n");
}

function indented(text: string): string {
  return text.replaceAll("\n", `\n${" ".repeat(14)}`);
}
