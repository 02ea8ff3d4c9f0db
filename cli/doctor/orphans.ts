/** Deployed stacks that no manifest describes: of rehearsals, and with `--online` of the backend of real clouds. */
import { listStacks } from "../../footprint/files/config-files.ts";
import type { Footprint } from "../../footprint/model.ts";
import { locateEngine } from "../../tools/engine.ts";
import { type Orphan, orphanCure, orphansAmong } from "../engine/orphans.ts";
import { rehearsalOf } from "../engine/rehearsal.ts";
import { run } from "../engine/spawn.ts";
import { countOf, readCheckpoint, stacksInBackend } from "../engine/state.ts";
import { openCloud } from "../engine/target.ts";
import type { Project } from "../project.ts";
import { type Finding, note } from "./finding.ts";

export async function orphanFindings(
  project: Project,
  footprints: readonly Footprint[],
  online: boolean,
): Promise<Finding[]> {
  const described = listStacks(project.configDir);
  const rehearsed = footprints.flatMap(({ environment: { name } }) =>
    orphansAmong(name, described, rehearsalStacks(project, name)),
  );
  const real = footprints.filter(({ environment }) => environment.target === "cloud");
  const stacks = online && real.length > 0 ? await cloudStacks(project) : [];
  const deployed = real.flatMap(({ environment: { name } }) =>
    orphansAmong(name, described, stacks),
  );
  return [...rehearsed, ...deployed].map(({ stack, resources }) =>
    note(
      `stack ${stack}`,
      `${resources} resources, which no manifest describes`,
      orphanCure(stack),
    ),
  );
}

function rehearsalStacks(project: Project, environment: string): Orphan[] {
  const folders = rehearsalOf(project, environment);
  return stacksInBackend(folders, project.name).map((stack) => {
    const resources = readCheckpoint(folders, project.name, stack)?.resources ?? [];
    return { stack, resources: countOf({ resources }) };
  });
}

/** Empty where the backend cannot be read; other checks report why. */
async function cloudStacks(project: Project): Promise<Orphan[]> {
  const engine = await locateEngine();
  if (engine === undefined) return [];
  const target = openCloud(project);
  const { code, stdout } = await run(engine.path, ["stack", "ls", "--json", "--non-interactive"], {
    cwd: target.stackFolder,
    env: target.variables,
  });
  await target.close();
  if (code !== 0) return [];
  const listed = JSON.parse(stdout) as { readonly name: string; readonly resourceCount?: number }[];
  return listed.map(({ name, resourceCount = 0 }) => ({ stack: name, resources: resourceCount }));
}
