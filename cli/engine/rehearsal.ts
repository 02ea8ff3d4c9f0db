/** A rehearsal of one environment: its own state, its own engine home, its own embedded cloud. Nothing real is in it. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { readDefaults } from "../../footprint/files/cell-defaults.ts";
import { configFile, environmentOf } from "../../footprint/files/config-files.ts";
import { isWritable } from "../../tools/setup/folder.mjs";
import { Failure } from "../failure.ts";
import type { Project } from "../project.ts";
import { configCopy, saltOf } from "./config-copy.ts";
import { newSalt } from "./passphrase.ts";

/** Where a rehearsal keeps what. */
export interface RehearsalFolders {
  readonly root: string;
  /** Pulumi's backend. */
  readonly state: string;
  /** Copies of the stacks' config files, and a Pulumi.yaml beside them so that stacks can be created there. */
  readonly config: string;
  /** The engine's own settings, apart from the user's. */
  readonly home: string;
}

/** The passphrase of rehearsals: a word that everybody knows, as nothing real is in them, unless the user has set one. */
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

/** @throws Failure `state-unreadable` when the folder can be neither found nor made, or not written */
export function ensureFolder(folder: string): void {
  if (isWritable(folder)) return;
  throw new Failure(
    "state-unreadable",
    `the rehearsal's state cannot be kept in ${folder}: it cannot be made, or not be written`,
    "free the path, or name another folder in ATOLL_STATE_DIR",
  );
}

export function makeFolders(folders: RehearsalFolders, project: Project): void {
  for (const folder of [folders.state, folders.config, folders.home]) ensureFolder(folder);
  keepNoLog(folders.home);
  writeFileSync(
    path.join(folders.config, "Pulumi.yaml"),
    `name: ${project.name}\nruntime: nodejs\n`,
  );
}

/**
 * The engine writes down everything that it does, in a folder of its home and at a quarter of its time, and has no setting for it.
 * Where the folder cannot be made it goes on without. Nobody reads it of a rehearsal: `--debug` shows what the engine says.
 */
export function keepNoLog(home: string): void {
  const folder = path.join(home, "logs");
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(folder, "");
}

/**
 * Brings the copy of a stack's config file up to date and returns its path. A stack whose own file is gone keeps its last copy,
 * so that it can still be destroyed.
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
  if (source === undefined) {
    throw new Failure(
      "stack-missing",
      `stack ${stack} has no config file`,
      `write ${file}, or name another stack`,
    );
  }
  const defaults = readDefaults(project.configDir, environmentOf(stack));
  const salt = (previous && saltOf(previous)) ?? sharedSalt(folders);
  writeFileSync(copy, configCopy(source, salt, set, defaults));
  return copy;
}

/**
 * The salt of a stack that is new. It is that of the others: the engine derives a key from each salt that it meets, at great
 * cost by design, and a cell's stack reads its environment's.
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

/** Settings of the user's environment that would lead a rehearsal to real state, real secrets or another stack. */
export const leadsElsewhere: readonly string[] = [
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE_FILE",
  "PULUMI_STACK",
  "PULUMI_DEBUG_LANGUAGES",
  "PULUMI_SKIP_CHECKPOINTS",
];

/**
 * What the engine is given in its environment to rehearse against an embedded cloud.
 *
 * @param attachment where the cloud is served, as `PULUMI_DEBUG_PROVIDERS` says it
 */
export function rehearsalVariables(
  folders: RehearsalFolders,
  attachment: string,
): Record<string, string> {
  return {
    // The backend would keep attributes of each file in a second one. An engine killed between the two leaves a state that
    // no engine can read, and nothing uses the attributes.
    PULUMI_BACKEND_URL: `${pathToFileURL(folders.state).href}?metadata=skip`,
    PULUMI_HOME: folders.home,
    PULUMI_CONFIG_PASSPHRASE: rehearsalPassphrase(),
    PULUMI_DEBUG_PROVIDERS: attachment,
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** The environment of a process that rehearses. */
export function rehearsalEnvironment(
  folders: RehearsalFolders,
  attachment: string,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !leadsElsewhere.includes(name));
  return { ...Object.fromEntries(inherited), ...rehearsalVariables(folders, attachment) };
}
