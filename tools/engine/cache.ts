import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { isWritable, makeFolder } from "../setup/folder.mjs";
import { ask } from "./probe.ts";
import { pinnedVersion } from "./version.ts";

/** The CLI's file name on this platform. */
export const executable = process.platform === "win32" ? "pulumi.exe" : "pulumi";

const staging = ".staging-";

/** What decides where the cache is; all of it is given, so that each platform can be tested on any. */
export interface CacheSettings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** The folder that the caches of a user's programs are in: `ATOLL_CACHE`, else the platform's own. */
export function userCache({ env, platform, home }: CacheSettings): string {
  const chosen = env.ATOLL_CACHE || env.XDG_CACHE_HOME;
  if (chosen) return path.resolve(chosen);
  if (platform === "darwin") return path.join(home, "Library", "Caches");
  if (platform === "win32") return env.LOCALAPPDATA || path.join(home, "AppData", "Local");
  return path.join(home, ".cache");
}

/**
 * The folders that may hold downloaded or built CLIs, in the order to look in: the user's cache, and the clone for a machine
 * whose home folder cannot be written. An explicit `ATOLL_CACHE` is the only one.
 */
export function cacheFolders(project: string, settings: CacheSettings): string[] {
  const own = path.join(userCache(settings), "atoll", "pulumi");
  return settings.env.ATOLL_CACHE ? [own] : [own, path.join(project, ".atoll", "cache", "pulumi")];
}

/** The CLI of the pinned version in such a folder. */
export function cachedEngine(folder: string): string {
  return path.join(folder, pinnedVersion, "bin", executable);
}

/** The first of the folders that can be written, made if need be; the first one's own fault is thrown when none can. */
export async function writableFolder(folders: readonly string[]): Promise<string> {
  const found = folders.find(isWritable);
  if (found !== undefined) return found;
  const [first = ""] = folders;
  makeFolder(first);
  const fault: NodeJS.ErrnoException = new Error(`${first} cannot be written`);
  fault.code = "EACCES";
  fault.path = first;
  throw fault;
}

/**
 * Fills a folder aside, on the same file system, makes sure that the CLI in it runs, and puts it in the pinned version's place
 * by rename: no other process ever sees a part of it. The caller holds the folder's lock, so whatever else stands aside was left
 * by a killed run.
 */
export async function installAside(
  folder: string,
  fill: (aside: string) => Promise<void>,
): Promise<void> {
  await removeLeftovers(folder);
  const aside = path.join(folder, `${staging}${randomUUID()}`);
  const place = path.join(folder, pinnedVersion);
  try {
    await mkdir(aside);
    await fill(aside);
    const program = path.join(aside, "install", "bin", executable);
    const result = await ask(program);
    if ("fault" in result) throw new Error(`${program} ${result.fault}`);
    if (result.version !== pinnedVersion) {
      throw new Error(`${program} says that it is ${result.version}, not ${pinnedVersion}`);
    }
    // What stands there now has been found unusable.
    const broken = path.join(folder, `${staging}${randomUUID()}`);
    await rename(place, broken).catch(ignoreMissing);
    await rename(path.join(aside, "install"), place);
  } finally {
    await removeLeftovers(folder);
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(
    names
      .filter((name) => name.startsWith(staging))
      .map((name) => rm(path.join(folder, name), { recursive: true, force: true })),
  );
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
