/** `atoll preview` and `atoll up`: the environment, then its cells. */
import { deploy } from "../engine/deploy.ts";
import { withEnvironment } from "../engine/environment.ts";
import { makeMissing } from "../engine/missing.ts";
import { refusePending } from "../engine/pending.ts";
import type { ExitCode } from "../failure.ts";
import type { Io } from "../io.ts";
import { openDisplay } from "../progress.ts";
import { exitCodeOf, explain, print, type RunReport } from "../report/report.ts";

export interface UpOptions {
  readonly environment: string;
  readonly rehearse?: boolean;
  readonly yes?: boolean;
  /** How many stacks at once. */
  readonly atOnce?: number;
}

export async function previewOrUp(
  io: Io,
  operation: "preview" | "up",
  options: UpOptions,
): Promise<ExitCode> {
  const report = await runOver(io, operation, options);
  print(io, report);
  return exitCodeOf(report);
}

/** Runs the operation on every stack of the environment and returns what came of it. */
export function runOver(
  io: Io,
  operation: "preview" | "up",
  options: UpOptions,
): Promise<RunReport> {
  const { environment, rehearse, atOnce, yes } = options;
  return withEnvironment(
    io,
    {
      environment,
      ...(rehearse === undefined ? {} : { rehearse }),
      ...(operation === "up" ? { claimedBy: `up ${environment}` } : {}),
    },
    async ({ session, stacks }) => {
      const names = stacks.map(({ name }) => name);
      await makeMissing(io, session, names, yes === true);
      if (operation === "up") await refusePending(session, names);
      const display = openDisplay(io, operation, names);
      const reports = await deploy(
        session,
        { operation, stacks, ...(atOnce === undefined ? {} : { atOnce }) },
        display,
      );
      await display.close();
      return explain(environment, operation, reports);
    },
  );
}
