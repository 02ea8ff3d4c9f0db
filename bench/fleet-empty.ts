/** The least that Pulumi does for a stack: `stack init` and `up` of a program that registers nothing. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { mapAtOnce } from "../cli/engine/at-once.ts";
import { makeStacks } from "../cli/engine/deploy.ts";
import { embeddedCloud } from "../cli/engine/embedded-cloud.ts";
import { rehearsalFolders } from "../cli/engine/rehearsal.ts";
import { runStack } from "../cli/engine/run.ts";
import { openSession } from "../cli/engine/session.ts";
import { openRehearsal } from "../cli/engine/target.ts";
import { thisProject } from "../cli/project.ts";
import { ensureEngine } from "../tools/engine.ts";
import { processorSeconds, type Run, spent } from "./fleet-run.ts";

export async function emptyStacks(count: number, atOnce: number, folder: string): Promise<Run> {
  // Inside the clone, so that the program finds the SDK.
  const root = path.join(import.meta.dirname, "empty");
  const stacks = Array.from({ length: count }, (_, index) => `empty.s${index}`);
  const configDir = path.join(folder, "config");
  mkdirSync(configDir, { recursive: true });
  for (const stack of stacks)
    writeFileSync(path.join(configDir, `Pulumi.${stack}.yaml`), "config: {}\n");
  const { policyPack: _without, ...project } = thisProject();
  const target = await openRehearsal(
    { ...project, root, name: "atoll-empty", configDir },
    rehearsalFolders(path.join(folder, "rehearsal")),
    embeddedCloud,
  );
  const session = await openSession({
    project: { ...project, root, name: "atoll-empty", configDir },
    engine: await ensureEngine(),
    target,
  });
  try {
    const [started, cpu] = [performance.now(), processorSeconds()];
    await makeStacks(session, stacks);
    await mapAtOnce(
      stacks,
      async (stack) => {
        const { succeeded, ended } = await runStack(session, { operation: "up", stack });
        if (!succeeded) throw new Error(`up of ${stack} failed: ${ended.stdout}${ended.stderr}`);
      },
      atOnce,
    );
    const wall = (performance.now() - started) / 1000;
    return { wall, ...spent(cpu), peak: 0, peakOfOthers: 0 };
  } finally {
    await session.close();
  }
}
