/** How long programs of stacks take to start: the first of a command against importing the SDK alone, and a further one. */
import { execFile } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import path from "node:path";
import { promisify } from "node:util";
import { programRuns } from "../cli/engine/programs.ts";
import { runStack } from "../cli/engine/run.ts";
import type { Session } from "../cli/engine/session.ts";
import { compileCache } from "../sdk/compile-cache.mjs";
import { median, type Ratio, ratio } from "./measure.ts";

const run = promisify(execFile);

/** What stacks/index.mjs imports before the first line of a cell on AWS, whose SDK is the largest, and how. */
const stackProgram = `
  await import("@pulumi/pulumi");
  const { keepCompiled } = await import("./sdk/compile-cache.mjs");
  keepCompiled();
  await import("./stacks/program.ts");
  await import("./stacks/cell/aws.ts");
`;

/** What `atoll` does before, in the processes that it starts for programs. */
const startedByAtoll = `
  const { deferPackages, unused } = await import("./sdk/packages.mjs");
  deferPackages(...unused);
  ${stackProgram}
`;

/** Runs a module in a fresh process, without what the language host adds to start programs sooner. */
async function load(program: string, variables: Readonly<Record<string, string>> = {}) {
  const flags = ["--disable-warning=ExperimentalWarning", "--input-type=module"];
  const { NODE_COMPILE_CACHE: _kept, ...env } = process.env;
  await run(process.execPath, [...flags, "--eval", program], {
    cwd: path.resolve(import.meta.dirname, ".."),
    env: { ...env, ...variables },
  });
}

/** The first line of a stack program against a bare import of the SDK: as plain Pulumi starts it, and as `atoll` does. */
export async function programLoads(rounds = 15): Promise<Ratio[]> {
  const bare = () => load(`await import("@pulumi/pulumi");`);
  const name = (by: string) => `program load, started by ${by} / bare import of @pulumi/pulumi`;
  return [
    await ratio(name("plain Pulumi"), 1.5, () => load(stackProgram), bare, rounds),
    await ratio(name("atoll"), 1.5, () => load(startedByAtoll, compileCache()), bare, rounds),
  ];
}

/**
 * Milliseconds from the engine's request to run a program to the first resource of it that the engine is about to make, besides the
 * stack itself; the median of programs that find everything loaded.
 */
export async function furtherProgram(
  session: Session,
  stack: string,
  rounds = 15,
): Promise<number> {
  let asked = 0;
  subscribe(programRuns.name, () => {
    asked = performance.now();
  });
  const times: number[] = [];
  // The first loads what the others find.
  for (let round = 0; round <= rounds; round++) {
    let first: number | undefined;
    const { succeeded } = await runStack(session, {
      operation: "preview",
      stack,
      onEvent: (follower) => {
        if (first !== undefined) return;
        const { current, changes } = follower.progress();
        const urns = [...current, ...changes.map(({ urn }) => urn)];
        if (urns.some((urn) => !urn.includes("::pulumi:pulumi:Stack::"))) first = performance.now();
      },
    });
    if (!succeeded || first === undefined) throw new Error(`preview of ${stack} failed`);
    if (round > 0) times.push(first - asked);
  }
  return median(times);
}
