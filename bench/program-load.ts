/** How long a stack program takes to reach its first line, against importing the SDK alone. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { programStart } from "../cli/engine/language-host.ts";
import { type Ratio, ratio } from "./measure.ts";

const run = promisify(execFile);

/** Imports a module in a fresh process and does nothing else. */
async function load(
  specifier: string,
  start: { readonly flags: readonly string[]; readonly env: NodeJS.ProcessEnv },
): Promise<void> {
  const program = `await import(${JSON.stringify(specifier)});`;
  await run(process.execPath, [...start.flags, "--input-type=module", "--eval", program], {
    cwd: path.resolve(import.meta.dirname, ".."),
    env: { ...process.env, ...start.env },
  });
}

export function programLoad(rounds = 9): Promise<Ratio> {
  return ratio(
    "program load: first line of a stack program, as the language host starts it / bare import of @pulumi/pulumi",
    1.5,
    () => load("./stacks/program.ts", programStart),
    () => load("@pulumi/pulumi", { flags: [], env: {} }),
    rounds,
  );
}
