/** `atoll start`: rehearses the sample environment and shows what stands. */

import { changedBy } from "../engine/events.ts";
import { rehearsalOf } from "../engine/rehearsal.ts";
import { countOf, outputsOf, readCheckpoint } from "../engine/state.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import type { Io } from "../io.ts";
import { thisProject } from "../project.ts";
import { asJson, exitCodeOf, print } from "../report/report.ts";
import { type Standing, standingOf, standingTables } from "../report/standing.ts";
import { runOver } from "./up.ts";

const sample = "local";

const next = `
Next:
  npx atoll check ${sample}                             the policies alone, as CI runs them
  npx atoll pulumi -- preview -s ${sample}.aws-use1     plain Pulumi on one cell
  npx atoll destroy ${sample} --yes                     take it all down again`;

export async function start(io: Io): Promise<ExitCode> {
  const started = performance.now();
  const report = await runOver(io, "up", { asked: sample, rehearse: true });
  const code = exitCodeOf(report);
  if (code !== exitCodes.done) {
    print(io, report);
    return code;
  }
  const standing = report.reports.map(({ stack }) => standingStack(stack));
  const changes = report.reports.reduce((sum, { counts }) => sum + changedBy(counts), 0);
  const seconds = (performance.now() - started) / 1000;
  io.say(
    changes === 0
      ? `\nNothing changed: environment ${sample} stands as its manifests say.\n`
      : `\nEnvironment ${sample} stands on the embedded cloud: ${changes} resources changed in ${seconds.toFixed(0)} s.\n`,
  );
  for (const text of standingTables(standing)) io.say(text);
  io.say(next);
  io.result({ ...(asJson(report) as object), standing });
  return code;
}

/** What a stack's own outputs and state say of it. */
function standingStack(stack: string): Standing {
  const project = thisProject();
  const checkpoint = readCheckpoint(rehearsalOf(project, sample), project.name, stack);
  if (checkpoint === undefined) return { stack, resources: 0 };
  return standingOf(stack, countOf(checkpoint), outputsOf(checkpoint));
}
