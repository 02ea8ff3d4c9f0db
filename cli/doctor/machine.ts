/** Requirements of the machine for every environment: programs, disk, folders. */
import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { BlueprintError } from "../../components/core/errors.ts";
import { engineFolders } from "../../tools/engine/search.ts";
import { locateEngine, searchEngine } from "../../tools/engine.ts";
import { run } from "../engine/spawn.ts";
import type { Project } from "../project.ts";
import { type Finding, missing, note, ok } from "./finding.ts";

const newestNode = 24;
/** Space for a build of the engine and the state of a rehearsal. */
const neededGigabytes = 3;

export function machineFindings(project: Project): Finding[] {
  return [
    nodeFinding(),
    diskFinding(project.root),
    writableFinding(
      "rehearsals folder",
      project.rehearsals,
      "set ATOLL_STATE_DIR to a folder that you can write to",
    ),
    writableFinding(
      "engine cache",
      engineFolders()[0] ?? os.homedir(),
      "set ATOLL_CACHE to a folder that you can write to",
    ),
  ];
}

function nodeFinding(): Finding {
  const major = Number.parseInt(process.versions.node, 10);
  return major >= newestNode
    ? ok("Node.js", process.version)
    : missing("Node.js", process.version, `use npx atoll, which includes Node.js ${newestNode}`);
}

function diskFinding(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / 1024 ** 3;
  const found = `${free.toFixed(1)} GiB free`;
  return free >= neededGigabytes
    ? ok("disk", found)
    : note("disk", found, `free at least ${neededGigabytes} GiB on the disk of ${folder}`);
}

/** Checks that an existing folder is writable, and that a missing one can be created. */
function writableFinding(what: string, folder: string, cure: string): Finding {
  let nearest = path.resolve(folder);
  while (!existsSync(nearest)) nearest = path.dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return ok(what, folder);
  } catch {
    return missing(what, `${nearest} cannot be written`, cure);
  }
}

export async function engineFindings(): Promise<Finding[]> {
  try {
    const engine = await locateEngine();
    if (engine === undefined)
      return [await noEngine(), await programFinding("go", ["version"], true)];
    const host = engine.languageHost;
    return [
      ok("Pulumi CLI", `${engine.version} from ${engine.source} (${engine.path})`),
      ok("Node.js language host", host ?? "provided by atoll, as this CLI does not include one"),
      await programFinding("git", ["--version"], false),
    ];
  } catch (error) {
    if (!(error instanceof BlueprintError)) throw error;
    return [missing("Pulumi CLI", "cannot be used", error.message)];
  }
}

async function noEngine(): Promise<Finding> {
  const { tried } = await searchEngine();
  const looked = tried.map(({ path, message }) => `${path}: ${message}`).join("; ");
  return note(
    "Pulumi CLI",
    `none yet (${looked})`,
    "nothing to do: the first command that needs it installs it",
  );
}

/** A program that only some commands need. */
async function programFinding(
  program: string,
  args: readonly string[],
  forBuilds: boolean,
): Promise<Finding> {
  const cure = forBuilds
    ? `install ${program} if the release cannot be downloaded: the CLI is then built from Go modules`
    : `install ${program}`;
  try {
    const { code, stdout } = await run(program, args, { cwd: process.cwd(), env: process.env });
    if (code === 0) return ok(program, stdout.trim());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return note(program, "not found", cure);
}
