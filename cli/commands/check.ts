/** `atoll check`: previews every stack with the policies on, on an embedded cloud that is thrown away afterwards. */
import { writeFileSync } from "node:fs";
import { deploy, makeStacks } from "../engine/deploy.ts";
import { withEnvironment } from "../engine/environment.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { openDisplay } from "../progress.ts";
import { thisProject } from "../project.ts";
import { loadCatalogue } from "../report/catalogue.ts";
import { junit } from "../report/junit.ts";
import { asJson, exitCodeOf, explain, print, type RunReport } from "../report/report.ts";
import { sarif } from "../report/sarif.ts";

export interface CheckOptions {
  readonly environment: string;
  readonly format: "text" | "json" | "sarif" | "junit";
  readonly out?: string;
  readonly atOnce?: number;
}

export async function check(io: Io, options: CheckOptions): Promise<ExitCode> {
  const report = await preview(io, options);
  const format = io.json ? "json" : options.format;
  if (format === "text" && options.out === undefined) print(io, report);
  else {
    const text = format === "text" ? textOf(io, report) : await render(format, report);
    if (options.out === undefined) process.stdout.write(text);
    else write(options.out, text);
  }
  if (format === "text" && exitCodeOf(report) === exitCodes.done) {
    io.say(`\n${options.environment}: no mandatory policy is violated`);
  }
  return exitCodeOf(report);
}

function preview(io: Io, { environment, atOnce }: CheckOptions): Promise<RunReport> {
  return withEnvironment(io, { environment, scratch: true }, async ({ session, stacks }) => {
    const names = stacks.map(({ name }) => name);
    await makeStacks(session, names);
    // Nothing is deployed, so nothing has to wait for what it needs: all previews see the same empty clouds.
    const independent = names.map((name) => ({ name, needs: [] }));
    const display = openDisplay(io, "preview", names);
    const reports = await deploy(
      session,
      { operation: "preview", stacks: independent, ...(atOnce === undefined ? {} : { atOnce }) },
      display,
    );
    await display.close();
    return explain(environment, "check", reports);
  });
}
