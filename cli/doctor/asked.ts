import os from "node:os";
import { run } from "../engine/spawn.ts";
import { type Finding, missing, note, ok } from "./finding.ts";

/** Checks credentials with the cloud's own CLI. The output is not shown, as it may be secret. */
export async function asked(
  what: string,
  tool: string,
  args: readonly string[],
  cure: string,
): Promise<Finding> {
  try {
    const { code } = await run(tool, args, { cwd: os.tmpdir(), env: process.env });
    return code === 0
      ? ok(what, `valid, according to ${tool}`)
      : missing(what, `refused, according to ${tool}`, cure);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return note(
      what,
      `present, but not checked: ${tool} is not installed`,
      `install ${tool} to check them`,
    );
  }
}
