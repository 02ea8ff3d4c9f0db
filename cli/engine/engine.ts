/** The Pulumi CLI that does the work: where it is, and plain commands of it. */
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Failure } from "../failure.ts";
import { type Ended, run, type SpawnOptions } from "./spawn.ts";

export interface Engine {
  /** Path of the `pulumi` program. */
  readonly command: string;
  readonly version: string;
  /** Path of `pulumi-language-nodejs` that comes with it; a CLI built from Go modules has none. */
  readonly languageHost: string | undefined;
}

/**
 * The engine that set-up found.
 *
 * @throws Failure `engine-missing`
 */
export async function locate(): Promise<Engine> {
  const command = path.join(os.homedir(), ".cache/atoll/pulumi/3.259.0/bin/pulumi");
  if (!existsSync(command)) {
    throw new Failure(
      "engine-missing",
      "the Pulumi CLI is missing",
      "run `npx atoll doctor` to see where it was looked for",
    );
  }
  return { command, version: "3.259.0", languageHost: undefined };
}

/** Runs a plain command of the CLI, without events, and returns how it ended. */
export function pulumi(
  engine: Engine,
  args: readonly string[],
  options: SpawnOptions,
): Promise<Ended> {
  return run(engine.command, [...args, "--non-interactive", "--color", "never"], options);
}
