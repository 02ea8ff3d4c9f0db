/** Reports as Markdown for a comment on a pull request, for GitHub and GitLab. */
import type { BlueprintError } from "../../components/core/errors.ts";
import type { StackReport } from "../engine/deploy.ts";
import type { SettingLoss } from "../engine/deployed-settings.ts";
import { type Change, changedBy, partsOfUrn } from "../engine/events.ts";
import { type Orphan, orphanCure } from "../engine/orphans.ts";
import type { Failure } from "../failure.ts";
import type { Finding } from "./catalogue.ts";
import { differenceText, driftsOf } from "./drift.ts";
import { isStateful, lossesOf } from "./loss.ts";
import { distinctFailures, type RunReport } from "./report.ts";
import { countsText, policiesText } from "./text.ts";

/** GitHub's limit for comments is 65,536 characters. */
const longest = 60_000;

/** Longer lists are folded. */
const openLines = 20;

/** The comment, with as many changes per stack as fit. */
export function reportMarkdown(report: RunReport): string {
  const texts = [200, 50, 10, 0].map((limit) => withLimit(report, limit));
  return texts.find((text) => text.length <= longest) ?? `${texts.at(-1)?.slice(0, longest)}\n`;
}

/** The comment when nothing could be previewed, for example because of problems in manifests. */
export function errorMarkdown(asked: string, error: BlueprintError | Failure): string {
  const [first = "", ...rest] = error.message.split("\n");
  const lines = "problems" in error ? rest.map((line) => line.replace(/^ {2}- /, "- ")) : rest;
  return [
    ...heading(asked),
    `**Failed** (\`${error.code}\`): ${prose(first)}`,
    "",
    ...(lines.length === 0 ? [] : [folded(`${lines.length} problems`, lines.map(prose)), ""]),
    ...("cure" in error ? [`Cure: ${prose(error.cure)}`, ""] : []),
    ...("details" in error && error.details !== "" ? [fenced("details", error.details), ""] : []),
  ].join("\n");
}

function withLimit(
  { asked, reports, findings, orphans, lost = [] }: RunReport,
  limit: number,
): string {
  const parts = [
    rows(
      ["stack", "result", "changes", "policies"],
      reports.map(({ stack, status, counts, violations, failure }) => [
        code(stack),
        status === "done" ? "planned" : `**${status}**`,
        status === "skipped" ? "" : countsText(counts, true),
        policiesText(violations, failure === undefined),
      ]),
    ),
    ...distinctFailures(reports).map(failureBlock),
    ...orphanBlock(orphans),
    ...lossBlock(reports),
    ...settingLossBlock(lost),
    ...findings.map(findingBlock),
    ...driftBlock(reports),
    ...reports.flatMap((report) => changesBlock(report, limit)),
  ];
  return `${[...heading(asked), ...parts.flatMap((part) => [part, ""])].join("\n")}`;
}

function settingLossBlock(lost: readonly SettingLoss[]): string[] {
  if (lost.length === 0) return [];
  const lines = lost.map(
    ({ stack, path, loses }) => `- ${code(stack)} ${code(path)}: ${prose(loses)}`,
  );
  return [["**Lost by changed settings**", "", ...lines].join("\n")];
}

/** The first line lets a workflow find its own comment and replace it. */
function heading(asked: string): string[] {
  return [previewMark(asked), `### Preview of \`${asked}\``, ""];
}

function failureBlock({ code: id, message, cure, details }: Failure): string {
  const text = `**Failed** (\`${id}\`): ${prose(message)}\n\nCure: ${prose(cure)}`;
  return details === "" ? text : `${text}\n\n${fenced("details", details)}`;
}

function orphanBlock(orphans: readonly Orphan[]): string[] {
  if (orphans.length === 0) return [];
  const lines = orphans.map(
    ({ stack, resources }) =>
      `- ${code(stack)} (${resources} resources): ${prose(orphanCure(stack))}`,
  );
  return [["**Deployed, but no manifest describes it:**", "", ...lines].join("\n")];
}

function lossBlock(reports: readonly StackReport[]): string[] {
  const all = lossesOf(reports);
  if (all.length === 0) return [];
  const table = rows(
    ["stack", "change", "resource", "stateful", "because of"],
    all.map(({ stack, change }) => [
      code(stack),
      `**${change.op}**`,
      resource(change.urn),
      change.protected ? "protected" : isStateful(change) ? "yes" : "",
      change.op === "replace" ? change.properties.map(code).join(", ") : "",
    ]),
  );
  return [folded("Replaced or deleted", [table], all.length)];
}

function findingBlock({ control, level, stack, resource: of, found, requiredBy }: Finding): string {
  return [
    `**${control.id} ${prose(control.title)}** (${control.severity}, ${level}) in ${code(stack)}`,
    `- resource: ${code(of.name || of.urn)} (${code(of.type)})`,
    `- found: ${prose(found.replaceAll("\n", " "))}`,
    `- remedy: ${prose(control.remedy)}`,
    ...(requiredBy.length > 0 ? [`- frameworks: ${requiredBy.join(", ")}`] : []),
  ].join("\n");
}

function driftBlock(reports: readonly StackReport[]): string[] {
  const all = driftsOf(reports);
  if (all.length === 0) return [];
  const table = rows(
    ["stack", "resource", "in the cloud"],
    all.map(({ stack, drift }) => [
      code(stack),
      resource(drift.urn),
      drift.kind === "gone"
        ? "no longer exists"
        : drift.differences.map((difference) => code(differenceText(difference))).join("<br>"),
    ]),
  );
  return [folded("Changed outside of Pulumi", [table], all.length)];
}

/** All changes of a stack, folded. */
function changesBlock({ stack, counts, result }: StackReport, limit: number): string[] {
  const changes = (result?.progress.changes ?? []).filter(({ inCloud }) => inCloud);
  if (changes.length === 0 || changedBy(counts) === 0 || limit === 0) return [];
  const left = changes.length - limit;
  const table = rows(
    ["change", "resource", "properties"],
    changes
      .toSorted((a, b) => rank(a) - rank(b))
      .slice(0, limit)
      .map(({ op, urn, properties }) => [
        op,
        resource(urn),
        op === "create" ? "" : properties.map(code).join(", "),
      ]),
  );
  const more = left > 0 ? [`and ${left} more`] : [];
  const summary = `${stack}: ${countsText(counts, true)}`;
  return [folded(summary, [table, ...more], Number.POSITIVE_INFINITY)];
}

function rank({ op }: Change): number {
  return ["replace", "delete", "update", "create"].indexOf(op);
}

/** A list under a title; folded when it is long. */
function folded(title: string, lines: readonly string[], count = lines.length): string {
  const body = lines.join("\n");
  return count > openLines
    ? `<details><summary>${prose(title)}</summary>\n\n${body}\n\n</details>`
    : `**${prose(title)}**\n\n${body}`;
}

function fenced(title: string, text: string): string {
  const fence = "`".repeat(
    Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)),
  );
  return `<details><summary>${title}</summary>\n\n${fence}text\n${text}\n${fence}\n\n</details>`;
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...body.map(row)].join("\n");
}

function resource(urn: string): string {
  const { type, name } = partsOfUrn(urn);
  return name === "" ? code(urn) : `${code(name)} (${code(type)})`;
}

/** A code span in a table cell: escapes characters that would end the span or the cell. */
function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll("|", "\\|").replaceAll("\n", " ")}\``;
}

/** Escapes markup and mentions. */
function prose(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&").replaceAll("@", "@\u200b");
}

/** The first line of a preview: the workflow that `atoll init` writes finds its own comment by it. */
export function previewMark(asked: string): string {
  return `<!-- atoll preview ${asked} -->`;
}
