/** `atoll preview` and `atoll up`: the environment, then its cells; or one cell alone. */
import { BlueprintError } from "../../components/core/errors.ts";
import { agree, refuseUnasked } from "../agree.ts";
import { among } from "../engine/chosen.ts";
import { deploy, type StackReport } from "../engine/deploy.ts";
import { notUp } from "../engine/deployed.ts";
import { type SettingLoss, settingLosses } from "../engine/deployed-settings.ts";
import { type OpenEnvironment, withEnvironment } from "../engine/environment.ts";
import { changedBy } from "../engine/events.ts";
import type { Node } from "../engine/graph.ts";
import { makeMissing } from "../engine/missing.ts";
import { orphansOf } from "../engine/orphans.ts";
import { refusePending } from "../engine/pending.ts";
import type { StackResult } from "../engine/run.ts";
import { type ExitCode, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { openDisplay } from "../progress.ts";
import { errorMarkdown, reportMarkdown } from "../report/markdown.ts";
import { exitCodeOf, explain, noteFailures, print, type RunReport } from "../report/report.ts";
import { reportText } from "../report/text.ts";

export interface UpOptions {
  /** An environment, or one cell. */
  readonly asked: string;
  readonly rehearse?: boolean;
  /** Does not ask. */
  readonly yes?: boolean;
  /** Compares the state with the clouds first. */
  readonly refresh?: boolean;
  /** How many stacks at once. */
  readonly atOnce?: number;
}

export interface PreviewOptions extends UpOptions {
  /** `json` is set on the `Io`. */
  readonly format?: "text" | "markdown" | "json";
}

export async function preview(io: Io, options: PreviewOptions): Promise<ExitCode> {
  if (options.format !== "markdown") return shown(io, await runOver(io, "preview", options));
  try {
    const report = await runOver(io, "preview", options);
    process.stdout.write(reportMarkdown(report));
    noteFailures(io, report);
    return exitCodeOf(report);
  } catch (error) {
    // The comment on the pull request must show the error.
    if (error instanceof BlueprintError || error instanceof Failure)
      process.stdout.write(errorMarkdown(options.asked, error));
    throw error;
  }
}

export async function up(io: Io, options: UpOptions): Promise<ExitCode> {
  return shown(io, await runOver(io, "up", options));
}

function shown(io: Io, report: RunReport): ExitCode {
  print(io, report);
  return exitCodeOf(report);
}

/** Runs the operation on every requested stack. */
export function runOver(
  io: Io,
  operation: "preview" | "up",
  options: UpOptions,
): Promise<RunReport> {
  const { asked, rehearse, yes = false } = options;
  return withEnvironment(
    io,
    {
      asked,
      ...(rehearse === undefined ? {} : { rehearse }),
      ...(operation === "up" ? { claimedBy: `up ${asked}` } : {}),
    },
    async (open) => {
      const { session, chosen } = open;
      const asks = operation === "up" && session.target.kind === "cloud";
      if (asks) refuseUnasked(io, yes, unanswered(asked));
      const stacks = operation === "up" ? await withNeeded(io, open, asked) : chosen.stacks;
      const names = stacks.map(({ name }) => name);
      const before = chosen.before.map(({ name }) => name);
      await makeMissing(io, session, [...new Set([...before, ...names])], yes);
      if (operation === "up") await refusePending(session, names);
      const orphans = await orphansIn(open, asked);
      const lost = await settingLosses(session, open.footprint, names);
      const reports = asks
        ? await upAsAgreed(io, open, stacks, options, lost)
        : await runAll(io, open, operation, stacks, options);
      return explain(asked, operation, reports, orphans, lost);
    },
  );
}

/** For one cell alone, none. */
async function orphansIn({ session, stacks, footprint }: OpenEnvironment, asked: string) {
  const { name } = footprint.environment;
  if (asked !== name) return [];
  const described = stacks.map((stack) => stack.name);
  return orphansOf(session, name, described);
}

async function runAll(
  io: Io,
  { session }: Pick<OpenEnvironment, "session">,
  operation: "preview" | "up",
  stacks: readonly Node[],
  { atOnce, refresh }: UpOptions,
  agreed?: ReadonlyMap<string, StackResult>,
): Promise<StackReport[]> {
  const names = stacks.map(({ name }) => name);
  const display = openDisplay(io, operation, names);
  const reports = await deploy(
    session,
    {
      operation,
      stacks,
      ...(atOnce === undefined ? {} : { atOnce }),
      ...(refresh === undefined ? {} : { refresh }),
      ...(agreed ? { agreed } : {}),
    },
    display,
  );
  await display.close();
  return reports;
}

/** Previews, shows the plan, asks, and deploys the stacks whose preview succeeded. */
async function upAsAgreed(
  io: Io,
  open: OpenEnvironment,
  stacks: readonly Node[],
  options: UpOptions,
  lost: readonly SettingLoss[],
): Promise<StackReport[]> {
  const previews = await runAll(io, open, "preview", stacks, options);
  const sound = previews.filter(({ status }) => status === "done");
  if (sound.length === 0) return previews;
  const plan = await explain(options.asked, "preview", previews, [], lost);
  io.note(`\n${reportText(plan, io.colors)}\n`);
  if (sound.some(({ counts }) => changedBy(counts) > 0)) {
    await agree(io, options.yes === true, {
      question: `Apply this to ${options.asked}, on the real clouds?`,
      ...unanswered(options.asked),
    });
  }
  const names = sound.map(({ stack }) => stack);
  const agreed = new Map(sound.flatMap(({ stack, result }) => (result ? [[stack, result]] : [])));
  const done = await runAll(io, open, "up", among(stacks, names), options, agreed);
  return previews.map((report) => done.find(({ stack }) => stack === report.stack) ?? report);
}

function unanswered(asked: string) {
  return {
    otherwise: `the changes to ${asked} on the real clouds were not confirmed; nothing was changed`,
    cure: `review \`npx atoll preview ${asked}\`, then run it again with --yes or in a terminal`,
  };
}

/**
 * The stacks to deploy. A cell reads outputs of other stacks, which must be deployed; a rehearsal deploys missing ones first.
 *
 * @throws Failure `environment-not-up` on real clouds
 */
async function withNeeded(
  io: Io,
  { session, stacks, chosen, footprint }: OpenEnvironment,
  asked: string,
): Promise<readonly Node[]> {
  const before = chosen.before.map(({ name }) => name);
  const missing = await notUp(session, before);
  if (missing.length === 0) return chosen.stacks;
  const named = missing.join(", ");
  if (session.target.kind === "cloud") {
    const { name } = footprint.environment;
    throw new Failure(
      "environment-not-up",
      `${asked} cannot be deployed alone: it needs ${named}, which ${missing.length === 1 ? "is" : "are"} not deployed`,
      `deploy the environment first: npx atoll up ${missing.includes(name) ? name : missing[0]}`,
    );
  }
  io.note(`${asked} needs ${named}, which the rehearsal deploys first`);
  return among(stacks, [...missing, asked]);
}
