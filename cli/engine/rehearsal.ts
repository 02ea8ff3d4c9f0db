/** A rehearsal of one environment: its own state, engine home and embedded cloud. It holds nothing real. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { readDefaults } from "../../footprint/files/cell-defaults.ts";
import { configFile, environmentOf } from "../../footprint/files/config-files.ts";
import { isWritable } from "../../tools/setup/folder.mjs";
import { Failure } from "../failure.ts";
import type { Project } from "../project.ts";
import { writeWhole } from "./backup.ts";
import { configCopy, saltOf } from "./config-copy.ts";
import { newSalt } from "./passphrase.ts";
import { closeToOthers, keepPrivate, tighten } from "./private.ts";
import { readSalt } from "./state-files.ts";

/** The folders of a rehearsal. */
export interface RehearsalFolders {
  readonly root: string;
  /** Pulumi's backend. */
  readonly state: string;
  /** Copies of the stacks' config files, and a Pulumi.yaml beside them so that stacks can be created there. */
  readonly config: string;
  /** The engine's home, separate from the user's. */
  readonly home: string;
}

/** The user's passphrase, or else a fixed word: rehearsals hold nothing secret. */
export function rehearsalPassphrase(): string {
  return process.env.PULUMI_CONFIG_PASSPHRASE ?? "rehearsal";
}

export function rehearsalFolders(root: string): RehearsalFolders {
  return {
    root,
    state: path.join(root, "state"),
    config: path.join(root, "config"),
    home: path.join(root, "home"),
  };
}

/** The rehearsal of an environment. */
export function rehearsalOf(project: Project, environment: string): RehearsalFolders {
  return rehearsalFolders(path.join(project.rehearsals, environment));
}

/** @throws Failure `state-unreadable` when the folder cannot be created or written */
export function ensureFolder(folder: string): void {
  if (isWritable(folder)) return;
  throw new Failure(
    "state-unreadable",
    `the state of the rehearsal cannot be stored in ${folder}: the folder cannot be created or written`,
    "correct the path, or set ATOLL_STATE_DIR to another folder",
  );
}

/** Creates the folders that are missing, readable by this user only, and takes other users' rights from existing ones. */
export function makeFolders(folders: RehearsalFolders, project: Project): void {
  const restore = keepPrivate();
  for (const folder of [folders.state, folders.config, folders.home]) ensureFolder(folder);
  if (path.dirname(folders.root) === project.rehearsals) closeToOthers(project.rehearsals);
  tighten(folders.root);
  keepNoLog(folders.home);
  writeFileSync(
    path.join(folders.config, "Pulumi.yaml"),
    `name: ${project.name}\nruntime: nodejs\n`,
  );
  restore();
}

/**
 * Prevents the engine's log files, which cost a quarter of its time and cannot be turned off: the engine continues without them where
 * it cannot create their folder. `--debug` shows the engine's output.
 */
export function keepNoLog(home: string): void {
  const folder = path.join(home, "logs");
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(folder, "");
}

/**
 * Updates the copy of a stack's config file and returns its path. A stack whose file was deleted keeps its last copy, so that it can
 * still be destroyed.
 *
 * @throws Failure `stack-missing`
 */
export function copyConfig(
  folders: RehearsalFolders,
  project: Project,
  stack: string,
  set?: Readonly<Record<string, string>>,
): string {
  const file = path.join(project.configDir, configFile(stack));
  const copy = path.join(folders.config, configFile(stack));
  const previous = existsSync(copy) ? readFileSync(copy, "utf8") : undefined;
  const source = existsSync(file) ? readFileSync(file, "utf8") : previous;
  if (!source) {
    throw new Failure(
      "stack-missing",
      `stack ${stack} has no config file`,
      `create ${file}, or name another stack`,
    );
  }
  const defaults = readDefaults(project.configDir, environmentOf(stack));
  // The copy may be missing or damaged. The state then knows what it was encrypted with.
  const salt =
    (previous ? saltOf(previous) : undefined) ??
    readSalt(folders, project.name, stack) ??
    sharedSalt(folders);
  writeWhole(copy, configCopy(source, salt, set, defaults));
  return copy;
}

/**
 * The salt of a new stack: that of the other stacks. Deriving a key from a salt is slow by design, and a cell's stack also reads the
 * state of its environment.
 */
function sharedSalt({ config }: RehearsalFolders): string {
  for (const file of readdirSync(config)) {
    const salt = saltOf(readFileSync(path.join(config, file), "utf8"));
    if (salt !== undefined) return salt;
  }
  return newSalt(rehearsalPassphrase());
}

export function removeRehearsal({ root }: RehearsalFolders): void {
  rmSync(root, { recursive: true, force: true });
}

/** Variables that would point a rehearsal to real state, real secrets or another stack. */
export const leadsElsewhere: readonly string[] = [
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE_FILE",
  "PULUMI_STACK",
  "PULUMI_DEBUG_LANGUAGES",
  "PULUMI_SKIP_CHECKPOINTS",
];

/**
 * The environment variables of an engine that uses an embedded cloud.
 *
 * @param attachment the cloud's address, in the form of `PULUMI_DEBUG_PROVIDERS`
 */
export function rehearsalVariables(
  folders: RehearsalFolders,
  attachment: string,
): Record<string, string> {
  return {
    // The backend would store attributes of each file in a second one. An engine that is killed between the two leaves an unreadable
    // state, and the attributes are not used.
    PULUMI_BACKEND_URL: `${pathToFileURL(folders.state).href}?metadata=skip`,
    PULUMI_HOME: folders.home,
    PULUMI_CONFIG_PASSPHRASE: rehearsalPassphrase(),
    PULUMI_DEBUG_PROVIDERS: attachment,
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** All environment variables of a process in a rehearsal. */
export function rehearsalEnvironment(
  folders: RehearsalFolders,
  attachment: string,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !leadsElsewhere.includes(name));
  return { ...Object.fromEntries(inherited), ...rehearsalVariables(folders, attachment) };
}
