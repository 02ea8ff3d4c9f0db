/** Where an environment's stacks are run: against the embedded cloud, or against the real ones. Their states never mix. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Project } from "../project.ts";
import { configFileName, withConfig } from "./config-copy.ts";
import {
  copyConfig,
  makeFolders,
  type RehearsalFolders,
  rehearsalEnvironment,
  removeRehearsal,
} from "./rehearsal.ts";

export interface Target {
  readonly kind: "rehearsal" | "cloud";
  /** The environment of every process of the engine. */
  readonly variables: NodeJS.ProcessEnv;
  /** The folder in which stacks are made and removed. */
  readonly stackFolder: string;
  /** Only rehearsals have folders of their own. */
  readonly folders: RehearsalFolders | undefined;
  /** The config file to run a stack with, if it is not the project's own; `set` adds values for this run. */
  configFor(stack: string, set?: Readonly<Record<string, string>>): string | undefined;
  close(): Promise<void>;
}

/** The part of the embedded cloud that is needed here; simulator/cloud.ts has it. */
export type StartCloud = (options: { readonly stateDir: string }) => Promise<{
  readonly port: number;
  stop(): Promise<void>;
}>;

/** Opens a rehearsal in these folders; they are made where they are missing. */
export async function openRehearsal(
  project: Project,
  folders: RehearsalFolders,
  startCloud: StartCloud,
): Promise<Target> {
  makeFolders(folders, project);
  const cloud = await startCloud({ stateDir: folders.root });
  return {
    kind: "rehearsal",
    variables: rehearsalEnvironment(folders, cloud.port),
    stackFolder: folders.config,
    folders,
    configFor: (stack, set) => copyConfig(folders, project, stack, set),
    close: () => cloud.stop(),
  };
}

/** Opens a rehearsal that is thrown away when it is closed, beside the environment's own and without touching that. */
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
  const { PULUMI_DEBUG_PROVIDERS: _attached, ...variables } = process.env;
  const temporary: string[] = [];
  return {
    kind: "cloud",
    variables,
    stackFolder: project.root,
    folders: undefined,
    configFor: (stack, set) => {
      if (set === undefined) return undefined;
      const source = readFileSync(path.join(project.configDir, configFileName(stack)), "utf8");
      const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-config-"));
      temporary.push(folder);
      const file = path.join(folder, configFileName(stack));
      writeFileSync(file, withConfig(source, set));
      return file;
    },
    close: () => {
      for (const root of temporary) removeRehearsal({ root });
      return Promise.resolve();
    },
  };
}
