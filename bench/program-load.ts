/** How long a stack program takes to reach its first line, against importing the SDK alone. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { type Ratio, ratio } from "./measure.ts";

const run = promisify(execFile);

/** Imports a module in a fresh process and does nothing else. */
async function load(specifier: string): Promise<void> {
  const program = `await import(${JSON.stringify(specifier)}); process.exit()`;
  await run(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: path.resolve(import.meta.dirname, ".."),
  });
}

export function programLoad(rounds = 9): Promise<Ratio> {
  return ratio(
    "program load: first line of a stack program / bare import of @pulumi/pulumi",
    1.5,
    () => load("./stacks/program.ts"),
    () => load("@pulumi/pulumi"),
    rounds,
  );
}
