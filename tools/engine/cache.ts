import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { isWritable, makeFolder } from "../setup/folder.mjs";
import { ask } from "./probe.ts";
import { pinnedVersion } from "./version.ts";

/** The CLI's file name on this platform. */
export const executable = process.platform === "win32" ? "pulumi.exe" : "pulumi";

const staging = ".staging-";

/** What determines the cache folder; passed in, so that every platform can be tested on any. */
export interface CacheSettings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** The user's cache folder: `ATOLL_CACHE`, or else the platform's. */
export function userCache({ env, platform, home }: CacheSettings): string {
  const chosen = env.ATOLL_CACHE || env.XDG_CACHE_HOME;
  if (chosen) return path.resolve(chosen);
  if (platform === "darwin") return path.join(home, "Library", "Caches");
  if (platform === "win32") return env.LOCALAPPDATA || path.join(home, "AppData", "Local");
  return path.join(home, ".cache");
}

/**
 * The folders for downloaded or built CLIs, in search order: the user's cache, then the clone, for a machine whose home folder is
 * read-only. If `ATOLL_CACHE` is set, it is the only one.
 */
export function cacheFolders(project: string, settings: CacheSettings): string[] {
  const own = path.join(userCache(settings), "atoll", "pulumi");
  return settings.env.ATOLL_CACHE ? [own] : [own, path.join(project, ".atoll", "cache", "pulumi")];
}

/** The path of the pinned CLI in a cache folder. */
export function cachedEngine(folder: string): string {
  return path.join(folder, pinnedVersion, "bin", executable);
}

/** The first writable folder, created if it is missing. If none is writable, the error of the first one is thrown. */
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
 * Fills a temporary folder on the same file system, checks that the CLI in it runs, and renames it, so no other process sees a partial
 * installation. The caller holds the folder's lock, so other temporary folders were left by killed runs.
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
      throw new Error(`${program} has version ${result.version}, not ${pinnedVersion}`);
    }
    // The current one cannot be used.
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
