/** How long a stack program takes to reach its first line, against importing the SDK alone; Node starts both the same way. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { type Ratio, ratio } from "./measure.ts";

const run = promisify(execFile);

/** What stacks/index.mjs imports before the first line of a cell on AWS, whose SDK is the largest, and how. */
const stackProgram = `
  await import("@pulumi/pulumi");
  const { warmUp } = await import("./stacks/warm-up.mjs");
  warmUp();
  await import("./stacks/program.ts");
  await import("./stacks/cell/aws.ts");
`;

/** Runs a module in a fresh process, without what the language host adds to start programs sooner. */
async function load(program: string): Promise<void> {
  const flags = ["--disable-warning=ExperimentalWarning", "--input-type=module"];
  const { NODE_COMPILE_CACHE: _kept, ...env } = process.env;
  await run(process.execPath, [...flags, "--eval", program], {
    cwd: path.resolve(import.meta.dirname, ".."),
    env,
  });
}

export function programLoad(rounds = 15): Promise<Ratio> {
  return ratio(
    "program load: first line of a stack program / bare import of @pulumi/pulumi",
    1.5,
    () => load(stackProgram),
    () => load(`await import("@pulumi/pulumi");`),
    rounds,
  );
}
