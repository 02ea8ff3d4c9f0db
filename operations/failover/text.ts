/** A runbook as a page for people, in Markdown. Pure. */
import type { Runbook, Step } from "./runbook.ts";
import { shellLine } from "./shell.ts";

export function runbookText(runbook: Runbook): string {
  const { environment, from, to, lost, expected, notCopied } = runbook;
  const losses = Object.entries(notCopied);
  return [
    `# Failover of ${environment}: ${from} to ${to}${lost ? `, with ${from} lost` : ""}`,
    "",
    lost
      ? `For when ${from} is gone: no command of the failover touches it. What was not copied yet is lost.`
      : `For when ${from} still answers: nothing is lost. If it stops answering on the way, go on with \`--lost\`.`,
    "Lines of one section go to one shell, in their order: they keep values for each other.",
    "",
    "| what | copied by | data lost at most | time at most |",
    "|---|---|---|---|",
    ...expected.map(
      ({ service, bucket, mechanism, rpo, rto }) =>
        `| ${bucket === undefined ? service : `${service}, bucket ${bucket}`} | ${mechanism} | ${lost ? (rpo ?? "not promised") : "nothing"} | ${rto} |`,
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
    checks.length === 0 ? `Done when: ${verify.expect}.` : `Done when these say: ${verify.expect}.`,
    "",
    ...block(checks),
  ];
}

function block(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["```sh", ...lines, "```", ""];
}
