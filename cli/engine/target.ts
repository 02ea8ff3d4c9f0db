/** Where stacks are deployed: the embedded cloud or the real clouds. Their states never mix. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { configFile } from "../../footprint/files/config-files.ts";
import type { Project } from "../project.ts";
import { withConfig } from "./config-copy.ts";
import { keepPrivate } from "./private.ts";
import {
  copyConfig,
  makeFolders,
  type RehearsalFolders,
  rehearsalEnvironment,
  removeRehearsal,
} from "./rehearsal.ts";
import { secretsProviderOf } from "./secrets-provider.ts";
import type { CloudInventory, StartCloud } from "./served-cloud.ts";

export interface Target {
  readonly kind: "rehearsal" | "cloud";
  /** The environment variables of every process of the engine. */
  readonly variables: NodeJS.ProcessEnv;
  /** The folder in which stacks are created and removed. */
  readonly stackFolder: string;
  /** Only rehearsals have folders of their own. */
  readonly folders: RehearsalFolders | undefined;
  /** The contents of the embedded cloud; undefined for real clouds. */
  readonly inventory: CloudInventory | undefined;
  /** The config file of a stack, if it is not the project's own; `set` adds values for this run. */
  configFor(stack: string, set?: Readonly<Record<string, string>>): string | undefined;
  /** The secrets provider of a new stack; undefined for the backend's default. */
  secretsProviderFor(stack: string): string | undefined;
  close(): Promise<void>;
}

/** Opens a rehearsal in these folders, which are created if they are missing. */
export async function openRehearsal(
  project: Project,
  folders: RehearsalFolders,
  startCloud: StartCloud,
): Promise<Target> {
  const restore = keepPrivate();
  try {
    makeFolders(folders, project);
    const cloud = await startCloud({ stateDir: folders.root });
    return {
      ...attachRehearsal(project, folders, cloud.attachment),
      inventory: cloud.inventory,
      close: () => cloud.stop().finally(restore),
    };
  } catch (error) {
    restore();
    throw error;
  }
}

/** Attaches to a rehearsal whose cloud is served by a background process. */
export function attachRehearsal(
  project: Project,
  folders: RehearsalFolders,
  attachment: string,
): Target {
  return {
    kind: "rehearsal",
    variables: rehearsalEnvironment(folders, attachment),
    stackFolder: folders.config,
    folders,
    inventory: undefined,
    configFor: (stack, set) => copyConfig(folders, project, stack, set),
    secretsProviderFor: () => undefined,
    close: () => Promise.resolve(),
  };
}

/** Opens a temporary rehearsal, independent of the environment's own. It is deleted when it is closed. */
export async function openScratch(project: Project, startCloud: StartCloud): Promise<Target> {
  const root = mkdtempSync(path.join(os.tmpdir(), "atoll-check-"));
  const folders = {
    root,
    state: path.join(root, "state"),
    config: path.join(root, "config"),
    home: path.join(root, "home"),
  };
  const target = await openRehearsal(project, folders, startCloud);
  return {
    ...target,
    close: async () => {
      await target.close();
      removeRehearsal(folders);
    },
  };
}

/** Opens the user's own backend and clouds, with the user's credentials and plugins. */
export function openCloud(project: Project): Target {
  const { PULUMI_DEBUG_PROVIDERS: _attached, ...inherited } = process.env;
  const temporary: string[] = [];
  const temporaryFolder = (): string => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-config-"));
    temporary.push(folder);
    return folder;
  };
  return {
    kind: "cloud",
    variables: withPassphrase(inherited),
    stackFolder: project.configMoved ? projectFor(project, temporaryFolder()) : project.root,
    folders: undefined,
    inventory: undefined,
    configFor: (stack, set) => {
      const own = path.join(project.configDir, configFile(stack));
      if (set === undefined) return project.configMoved ? own : undefined;
      const file = path.join(temporaryFolder(), configFile(stack));
      writeFileSync(file, withConfig(readFileSync(own, "utf8"), set));
      return file;
    },
    secretsProviderFor: (stack) => secretsProviderOf(project.configDir, stack),
    close: () => {
      for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

/**
 * An empty passphrase counts as none: a workflow sets the variable to the empty string where its secret is missing, and Pulumi would
 * encrypt with that.
 */
function withPassphrase(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PULUMI_CONFIG_PASSPHRASE: passphrase, ...others } = variables;
  return passphrase ? variables : others;
}

/** Writes a project file to a separate folder: `pulumi stack init` has no flag for the folder of config files. */
function projectFor({ name, configDir }: Project, folder: string): string {
  const settings = { name, runtime: "nodejs", stackConfigDir: path.relative(folder, configDir) };
  writeFileSync(path.join(folder, "Pulumi.yaml"), stringify(settings));
  return folder;
}
