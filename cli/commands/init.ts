/** `atoll init`: writes a footprint repository into a folder. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Cloud } from "../../components/core/cloud.ts";
import { checkSpec } from "../../components/core/spec.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import { footprintFiles } from "../init/files.ts";
import type { Io } from "../io.ts";
import { packageVersion, typescriptVersion } from "../version.ts";

export interface InitOptions {
  /** @default the working directory */
  readonly folder?: string;
  /** @default the folder's name */
  readonly name?: string;
  readonly env: string;
  readonly clouds: readonly Cloud[];
}

export function init(io: Io, options: InitOptions): ExitCode {
  const folder = path.resolve(options.folder ?? ".");
  const name = options.name ?? path.basename(folder).replace(/[^A-Za-z0-9_.-]+/g, "-");
  const environment = options.env;
  refuseNames(name, environment);
  const files = footprintFiles(
    { name, environment, clouds: options.clouds },
    { atoll: packageVersion(), typescript: typescriptVersion },
  );
  refuseConflicts(folder, [...files.keys()]);
  for (const [file, text] of files) {
    const full = path.join(folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text, { flag: "wx" });
  }
  io.say(`Wrote ${files.size} files to ${folder}.

Next:
  npm install
  npx atoll up ${environment} --rehearse  embedded cloud, no account needed
  npx atoll check ${environment}          policies only, as in CI

README.md describes how to deploy to real clouds.`);
  io.result({ exitCode: exitCodes.done, folder, files: [...files.keys()] });
  return exitCodes.done;
}

/** @throws Failure `bad-usage` */
function refuseNames(name: string, environment: string): void {
  if (!/^[A-Za-z0-9_.-]{1,100}$/.test(name)) {
    throw new Failure(
      "bad-usage",
      `"${name}" is not a valid name for a Pulumi project`,
      "set --name to 1 to 100 letters, digits, hyphens, underscores and dots",
    );
  }
  const [problem] = checkSpec(nameSchema, environment, "--env").problems;
  if (problem)
    throw new Failure(
      "bad-usage",
      `--env ${environment}: ${problem.message}`,
      "choose another name",
    );
}

/** @throws Failure `files-exist` before anything is written */
function refuseConflicts(folder: string, files: readonly string[]): void {
  const existing = files.filter((file) => existsSync(path.join(folder, file)));
  if (existing.length === 0) return;
  throw new Failure(
    "files-exist",
    `${folder} already has ${existing.join(", ")}; nothing was written`,
    "run the command in an empty folder, or move these files",
  );
}
