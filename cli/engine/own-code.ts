/** What a language host runs: the program of one project, and its policy packs. Any other code is refused. */
import { realpathSync } from "node:fs";
import path from "node:path";
import type { ProgramRun } from "./program.ts";

export interface OwnCode {
  /** The project's folder. */
  readonly root: string;
  /** The program's entry file, or its folder. */
  readonly main: string;
  /** The folders of policy packs. */
  readonly packs: readonly string[];
}

/** Why a program is not run; undefined for the project's own, started from its folder. */
export function programRefusal(
  { program, cwd, settings }: Pick<ProgramRun, "program" | "cwd" | "settings">,
  { root, main }: OwnCode,
): string | undefined {
  const folders = [main, path.dirname(main)];
  const isOwn =
    isSame(program, main) &&
    folders.some((folder) => isSame(cwd, folder)) &&
    isSame(settings["root-directory"], root);
  return isOwn
    ? undefined
    : `this language host runs only ${main} of the project in ${root}, and was asked for ${program} in ${cwd}`;
}

/** Why a policy pack is not run; undefined for the project's own. */
export function packRefusal(folder: string, { root, packs }: OwnCode): string | undefined {
  return packs.some((pack) => isSame(folder, pack))
    ? undefined
    : `this language host runs only the policy packs of the project in ${root}: ${packs.join(", ")}; it was asked for ${folder}`;
}

function isSame(a: string, b: string): boolean {
  return a === b || real(a) === real(b);
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}
