/**
 * `atoll check`: deploys to a temporary embedded cloud, evaluates the policies, and proves that tenants are isolated. After a
 * deployment no value is unknown, unlike in a preview.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { configFile } from "../../footprint/files/config-files.ts";
import type { Footprint } from "../../footprint/model.ts";
import type { Verdict } from "../../operations/isolation/model.ts";
import { judge } from "../../operations/isolation/oracle.ts";
import { among } from "../engine/chosen.ts";
import { deploy, makeStacks, type StackReport } from "../engine/deploy.ts";
import { type SettingLoss, settingLossesInRehearsal } from "../engine/deployed-settings.ts";
import { withEnvironment } from "../engine/environment.ts";
import { deployedCells } from "../engine/isolation.ts";
import { rehearsalOf } from "../engine/rehearsal.ts";
import type { Session } from "../engine/session.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import type { Io } from "../io.ts";
import { openDisplay } from "../progress.ts";
import { type Project, thisProject } from "../project.ts";
import { loadCatalogue } from "../report/catalogue.ts";
import { isolationFindings } from "../report/isolation.ts";
import { junit } from "../report/junit.ts";
import { asJson, exitCodeOf, explain, noteFailures, type RunReport } from "../report/report.ts";
import { type Location, sarif } from "../report/sarif.ts";
import { reportText } from "../report/text.ts";
import { refuseUnwritable, type Written, write } from "../report/written.ts";

export interface CheckOptions {
  /** An environment, or one cell. */
  readonly asked: string;
  readonly format: "text" | "json" | "sarif" | "junit";
  readonly out?: string;
  readonly atOnce?: number;
}

export async function check(io: Io, options: CheckOptions): Promise<ExitCode> {
  const written = options.out === undefined ? undefined : leftIn(options.out);
  if (written) refuseUnwritable(written);
  const report = await deployAll(io, options);
  const code = exitCodeOf(report);
  const text = await render(io, io.json ? "json" : options.format, report);
  if (written) write(written, text);
  else process.stdout.write(text);
  noteFailures(io, report);
  if (code === exitCodes.done) io.note(`${options.asked}: no mandatory policy is violated`);
  return code;
}

function leftIn(file: string): Written {
  return { file, what: "report", option: "--out" };
}

function deployAll(io: Io, { asked, atOnce }: CheckOptions): Promise<RunReport> {
  return withEnvironment(io, { asked, scratch: true }, async (open) => {
    const { session, chosen, stacks, footprint } = open;
    // A cell reads the outputs of its environment.
    const needed = [...chosen.before, ...chosen.stacks].map(({ name }) => name);
    const names = chosen.stacks.map(({ name }) => name);
    const lost = lostInRehearsal(session.project, footprint, names);
    await makeStacks(session, needed);
    const display = openDisplay(io, "check", needed);
    const reports = await deploy(
      session,
      {
        operation: "up",
        stacks: among(stacks, needed),
        reportOnly: true,
        ...(atOnce === undefined ? {} : { atOnce }),
      },
      display,
    );
    await display.close();
    const shown = reports.filter(
      ({ stack, status }) => names.includes(stack) || status === "failed",
    );
    const report = await explain(asked, "check", shown, [], lost);
    return isolated(report, await judged(session, footprint, reports));
  });
}

/** The proof of isolation for cells and tenants that are deployed as a whole. */
async function judged(
  session: Session,
  footprint: Footprint,
  reports: readonly StackReport[],
): Promise<Verdict[]> {
  const failed = new Set(reports.flatMap(({ stack, failure }) => (failure ? [stack] : [])));
  const cells = await deployedCells(session, footprint, (stack) => !failed.has(stack));
  return cells.map(judge);
}

function isolated(report: RunReport, verdicts: readonly Verdict[]): RunReport {
  if (verdicts.length === 0) return report;
  const findings = [...report.findings, ...isolationFindings(verdicts)];
  return { ...report, findings, isolation: verdicts };
}

/** What is deployed on real clouds is compared by `preview` and `up`: a check asks no cloud. */
function lostInRehearsal(
  project: Project,
  footprint: Footprint,
  stacks: readonly string[],
): readonly SettingLoss[] {
  const { name, target } = footprint.environment;
  if (target !== "rehearsal") return [];
  return settingLossesInRehearsal(rehearsalOf(project, name), project.name, footprint, stacks);
}

async function render(io: Io, format: CheckOptions["format"], report: RunReport): Promise<string> {
  switch (format) {
    case "text":
      return `${reportText(report, io.colors)}\n`;
    case "json":
      return `${JSON.stringify(asJson(report), null, 2)}\n`;
    case "sarif": {
      const project = thisProject();
      const log = sarif(await loadCatalogue(), report.reports, report.findings, (stack) =>
        locate(project, stack),
      );
      return `${JSON.stringify(log, null, 2)}\n`;
    }
    case "junit":
      return junit(await loadCatalogue(), report.reports, report.findings);
  }
}

/** The path of a stack's config file, relative to the project, and the first line of its manifest. */
function locate({ root, configDir }: Project, stack: string): Location {
  const file = path.join(configDir, configFile(stack));
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines.findIndex((text) => /^\s*atoll:manifest:/.test(text));
  const within = path.relative(root, file).replaceAll(path.sep, "/");
  return {
    file: within.startsWith("..") ? pathToFileURL(file).href : within,
    line: Math.max(line, 0) + 1,
  };
}
