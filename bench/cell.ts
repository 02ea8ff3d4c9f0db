/** Previews of cells: the fullest against its resources registered bare, and one of some 150 resources without the policy pack. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { makeStacks } from "../cli/engine/deploy.ts";
import { embeddedCloud } from "../cli/engine/embedded-cloud.ts";
import { makeFolders, rehearsalFolders } from "../cli/engine/rehearsal.ts";
import { runStack } from "../cli/engine/run.ts";
import { openSession, type Session } from "../cli/engine/session.ts";
import { attachRehearsal } from "../cli/engine/target.ts";
import { type Project, thisProject } from "../cli/project.ts";
import { openInventory } from "../simulator/inventory.ts";
import { ensureEngine } from "../tools/engine.ts";
import type { BareResource } from "./bare/index.ts";
import { type Ratio, ratio } from "./measure.ts";
import { furtherProgram } from "./program-load.ts";

const environment = "local";
const fullCell = "local.aws-use1";
/** The one whose resources are nearest to the 150 that the bar of the pack's share is stated at. */
const middlingCell = "local.gcp-euw1";

export interface CellRatio extends Ratio {
  /** How many resources were previewed. */
  readonly resources: number;
}

export interface CellFigures {
  readonly ratios: readonly CellRatio[];
  /** Of the middling cell, in milliseconds. */
  readonly furtherProgram: number;
}

/** Measures in a scratch folder; cells are brought up once so that their resources are known, and then previewed from nothing. */
export async function cellRatios(rounds = 15): Promise<CellFigures> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), "atoll-bench-"));
  const cloud = await embeddedCloud({ stateDir: scratch });
  const open = async (project: Project, folder: string) => {
    const folders = rehearsalFolders(path.join(scratch, folder));
    makeFolders(folders, project);
    const target = attachRehearsal(project, folders, cloud.attachment);
    return openSession({
      project,
      engine: await ensureEngine(),
      target,
    });
  };
  const blueprint = thisProject();
  const { policyPack: _without, ...unchecked } = blueprint;
  const bareFolder = path.join(import.meta.dirname, "bare");
  const list = path.join(scratch, "resources.json");
  // The language host runs in this process and hands its environment on to the program.
  process.env.BARE_RESOURCES = list;
  const bareProject: Project = {
    ...unchecked,
    root: bareFolder,
    name: "atoll-bare",
    configDir: bareFolder,
  };
  const checkedSession = await open(blueprint, "blueprint");
  const uncheckedSession = await open(unchecked, "blueprint");
  const bareSession = await open(bareProject, "bare");
  try {
    await makeStacks(checkedSession, [environment, fullCell, middlingCell]);
    await makeStacks(bareSession, ["bare"]);
    await run(checkedSession, environment, "up");
    const full = await run(checkedSession, fullCell, "up");
    writeFileSync(list, JSON.stringify(bareResources(scratch, full)));
    await run(checkedSession, fullCell, "destroy");

    const preview = (session: Session, stack: string, resources: number) => async () => {
      const seen = await run(session, stack, "preview");
      if (Math.abs(seen - resources) > 2) throw new Error(`${stack}: ${seen} of ${resources}`);
    };
    const against = await ratio(
      "preview of a full cell with the policy pack / the same number of resources registered bare",
      1.5,
      preview(checkedSession, fullCell, full),
      preview(bareSession, "bare", full),
      rounds,
    );
    const middling = await run(checkedSession, middlingCell, "preview");
    const share = await ratio(
      "policy pack's share: preview of a cell with the pack / without",
      1.25,
      preview(checkedSession, middlingCell, middling),
      preview(uncheckedSession, middlingCell, middling),
      rounds,
    );
    return {
      ratios: [
        { ...against, resources: full },
        { ...share, resources: middling },
      ],
      furtherProgram: await furtherProgram(checkedSession, middlingCell, rounds),
    };
  } finally {
    for (const session of [checkedSession, uncheckedSession, bareSession]) await session.close();
    await cloud.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs an operation and returns how many resources it was about. */
async function run(
  session: Session,
  stack: string,
  operation: "up" | "preview" | "destroy",
): Promise<number> {
  const { succeeded, progress, ended } = await runStack(session, { operation, stack });
  if (!succeeded)
    throw new Error(`${operation} of ${stack} failed: ${ended.stdout}${ended.stderr}`);
  return Object.values(progress.counts).reduce((sum, count) => sum + count, 0);
}

/** The AWS resources of the cell, over again until there are as many as the cell registers, components included. */
function bareResources(stateDir: string, count: number): BareResource[] {
  const inventory = openInventory(stateDir);
  const own = inventory.resources(fullCell).filter((resource) => resource.package === "aws");
  inventory.close();
  return Array.from({ length: count - 2 }, (_, i) => {
    const { type, name, inputs } = own[i % own.length] ?? { type: "", name: "", inputs: {} };
    return { type, name: `${name}-${i}`, inputs };
  });
}
