import os from "node:os";
import { run } from "../engine/spawn.ts";
import { type Finding, missing, note, ok } from "./finding.ts";

/** Asks a cloud through its own tool; what a valid credential answers is not shown, as it may be secret. */
export async function asked(
  what: string,
  tool: string,
  args: readonly string[],
  cure: string,
): Promise<Finding> {
  try {
    const { code } = await run(tool, args, { cwd: os.tmpdir(), env: process.env });
    return code === 0
      ? ok(what, `valid, says ${tool}`)
      : missing(what, `refused, says ${tool}`, cure);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return note(
      what,
      `present, but not asked: there is no ${tool}`,
      `install ${tool} to have them asked`,
    );
  }
}
