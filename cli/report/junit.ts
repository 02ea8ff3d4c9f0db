/** JUnit XML, for test reports: a suite per stack, a case per control. A violated control fails with all its resources. */
import type { StackReport } from "../engine/deploy.ts";
import type { Catalogue, ControlFacts, Finding } from "./catalogue.ts";

export function junit(
  catalogue: Catalogue,
  reports: readonly StackReport[],
  findings: readonly Finding[],
): string {
  const suites = reports.map((report) =>
    suite(
      report,
      catalogue,
      findings.filter(({ stack }) => stack === report.stack),
    ),
  );
  const total = (key: "tests" | "failures" | "errors" | "skipped") =>
    suites.reduce((sum, each) => sum + each[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="atoll check" tests="${total("tests")}" failures="${total("failures")}" errors="${total("errors")}" skipped="${total("skipped")}">`,
    ...suites.map(({ xml }) => xml),
    "</testsuites>",
    "",
  ].join("\n");
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly xml: string;
}

function suite(report: StackReport, catalogue: Catalogue, findings: readonly Finding[]): Suite {
  const controls = new Map<string, ControlFacts>(
    [...catalogue.values(), ...findings.map(({ control }) => control)].map((control) => [
      control.id,
      control,
    ]),
  );
  const violated = Map.groupBy(
    findings.filter(({ level }) => level === "mandatory"),
    ({ control }) => control.id,
  );
  // Where a preview failed, not all resources were evaluated: controls without violations have not passed.
  const judged = report.failure === undefined;
  const errors = judged ? 0 : 1;
  const skipped = judged ? 0 : controls.size - violated.size;
  const cases = [...controls.values()].map((control) =>
    controlCase(report.stack, control, violated.get(control.id) ?? [], judged),
  );
  const own = `    ${openCase(report.stack, "preview")}${previewBody(report)}</testcase>`;
  const tests = cases.length + 1;
  return {
    tests,
    failures: violated.size,
    errors,
    skipped,
    xml: [
      `  <testsuite name="${xmlText(report.stack)}" tests="${tests}" failures="${violated.size}" errors="${errors}" skipped="${skipped}" time="${report.seconds.toFixed(3)}">`,
      own,
      ...cases.map((each) => `    ${each}`),
      "  </testsuite>",
    ].join("\n"),
  };
}

function openCase(stack: string, name: string): string {
  return `<testcase classname="${xmlText(stack)}" name="${xmlText(name)}">`;
}

function previewBody({ failure }: StackReport): string {
  if (!failure) return "";
  const text = xmlText(`${failure.cure}\n${failure.details}`);
  return `<error type="${failure.code}" message="${xmlText(failure.message)}">${text}</error>`;
}

function controlCase(
  stack: string,
  control: ControlFacts,
  findings: readonly Finding[],
  judged: boolean,
): string {
  const open = openCase(stack, `${control.id} ${control.title}`);
  if (findings.length === 0) {
    return `${open}${judged ? "" : '<skipped message="the preview failed before all resources were evaluated"/>'}</testcase>`;
  }
  const text = findings.map(({ resource, found }) => `${resource.name}: ${found}`).join("\n");
  return `${open}<failure type="${xmlText(control.policy)}" message="${xmlText(control.remedy)}">${xmlText(text)}</failure></testcase>`;
}

/** Text for XML 1.0: escapes markup and omits characters that XML does not allow. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}
