/** A runbook as Markdown. Pure. */
import type { Runbook, Step } from "./runbook.ts";
import { shellLine } from "./shell.ts";

export function runbookText(runbook: Runbook): string {
  const { environment, from, to, lost, expected, notCopied } = runbook;
  const losses = Object.entries(notCopied);
  return [
    `# Failover of ${environment}: ${from} to ${to}${lost ? `, with ${from} lost` : ""}`,
    "",
    lost
      ? `Use this runbook if ${from} is lost: no command of the failover accesses it. Data that was not copied yet is lost.`
      : `Use this runbook if ${from} still answers: no data is lost. If it stops answering meanwhile, continue with the \`--lost\` runbook.`,
    "Run all lines of a section in one shell, in order: later lines use values of earlier ones.",
    "",
    "| service | copied by | maximum data loss | maximum time |",
    "|---|---|---|---|",
    ...expected.map(
      ({ service, bucket, mechanism, rpo, rto }) =>
        `| ${bucket === undefined ? service : `${service}, bucket ${bucket}`} | ${mechanism} | ${lost ? (rpo ?? "not guaranteed") : "nothing"} | ${rto} |`,
    ),
    ...(losses.length === 0
      ? []
      : ["", "Not copied:", "", ...losses.map(([what, means]) => `- ${what}: ${means}`)]),
    "",
    ...section("Before", runbook.before),
    ...section("Failover", runbook.failover),
    ...section("Fail-back", runbook.failBack),
  ].join("\n");
}

function section(title: string, steps: readonly Step[]): string[] {
  return [`## ${title}`, "", ...steps.flatMap((step, index) => stepText(step, index + 1))];
}

function stepText({ title, commands, verify }: Step, number: number): string[] {
  const lines = commands.map(shellLine);
  const checks = verify.commands.map(shellLine);
  return [
    `### ${number}. ${title}`,
    "",
    ...block(lines),
    checks.length === 0
      ? `How to verify: ${verify.expect}.`
      : `How to verify; expect ${verify.expect}:`,
    "",
    ...block(checks),
  ];
}

function block(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["```sh", ...lines, "```", ""];
}
