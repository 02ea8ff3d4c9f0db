/** `atoll start`: rehearses the sample environment and shows what is deployed. */

import { listEnvironments } from "../../footprint/files/config-files.ts";
import { changedBy } from "../engine/events.ts";
import { rehearsalOf } from "../engine/rehearsal.ts";
import { countOf, outputsOf, readCheckpoint } from "../engine/state.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { type Project, thisProject } from "../project.ts";
import { type DeployedStack, deployedStack, deployedTables } from "../report/deployed.ts";
import { asJson, exitCodeOf, print } from "../report/report.ts";
import { readRegistry } from "../repository.ts";
import { runOver } from "./up.ts";

/** The sample of a clone; of another project its only environment. @throws Failure `bad-usage` when it has several */
function sampleOf({ configDir }: Project): string {
  const environments = listEnvironments(configDir);
  const [only, ...others] = environments;
  if (environments.includes("local")) return "local";
  if (only !== undefined && others.length === 0) return only;
  throw new Failure(
    "bad-usage",
    "start rehearses the environment local, or the only one that there is",
    `npx atoll up <environment> --rehearse; there are ${environments.join(", ") || "none"}`,
  );
}

function next(sample: string, cell: string): string {
  const lines = [
    [`npx atoll check ${sample}`, "policies only, as in CI"],
    [`npx atoll pulumi -- preview -s ${cell}`, "plain Pulumi on one stack"],
    [`npx atoll destroy ${sample} --yes`, "delete it again"],
  ];
  return `\nNext:\n${lines.map(([command = "", what]) => `  ${command.padEnd(48)} ${what}`).join("\n")}`;
}

export async function start(io: Io): Promise<ExitCode> {
  const started = performance.now();
  const project = thisProject();
  const sample = sampleOf(project);
  const report = await runOver(io, "up", { asked: sample, rehearse: true });
  const code = exitCodeOf(report);
  if (code !== exitCodes.done) {
    print(io, report);
    return code;
  }
  const { cells } = await readRegistry(project.root);
  const deployed = report.reports.map(({ stack }) => deployedIn(project, sample, stack));
  const changes = report.reports.reduce((sum, { counts }) => sum + changedBy(counts), 0);
  const seconds = (performance.now() - started) / 1000;
  io.say(
    changes === 0
      ? `\nNo changes: environment ${sample} matches its manifests.\n`
      : `\nEnvironment ${sample} is deployed on the embedded cloud: ${changes} resources changed in ${seconds.toFixed(0)} s.\n`,
  );
  for (const text of deployedTables(deployed, cells)) io.say(text);
  io.say(next(sample, report.reports.at(1)?.stack ?? sample));
  io.result({ ...(asJson(report) as object), deployed });
  return code;
}

function deployedIn(project: Project, sample: string, stack: string): DeployedStack {
  const checkpoint = readCheckpoint(rehearsalOf(project, sample), project.name, stack);
  if (checkpoint === undefined) return { stack, resources: 0 };
  return deployedStack(stack, countOf(checkpoint), outputsOf(checkpoint));
}
