import { existsSync, realpathSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { BlueprintError } from "../../components/core/errors.ts";
import { cachedEngine, cacheFolders, executable } from "./cache.ts";
import { probe } from "./probe.ts";
import { pinnedVersion } from "./version.ts";

export interface Engine {
  /** The CLI's program. */
  readonly path: string;
  /** For example `3.259.0`. */
  readonly version: string;
  /** How it was found. */
  readonly source: "ATOLL_PULUMI" | "PATH" | "cache";
  /** `pulumi-language-nodejs` beside it or on PATH; a CLI that was built from Go modules has none. */
  readonly languageHost: string | undefined;
}

/** A location without a usable CLI. */
export interface Tried {
  readonly path: string;
  readonly message: string;
  /** There is a CLI, but it cannot be used. */
  readonly unusable: boolean;
}

export interface Search {
  readonly engine: Engine | undefined;
  /** The locations before the one with the engine. */
  readonly tried: readonly Tried[];
}

const project = path.resolve(import.meta.dirname, "../..");

/** The folders of the cache, see `cacheFolders`. */
export function engineFolders(): string[] {
  return cacheFolders(project, {
    env: process.env,
    platform: process.platform,
    home: os.homedir(),
  });
}

/**
 * Searches for a usable CLI: `ATOLL_PULUMI`, PATH, the cache.
 *
 * @throws BlueprintError `engine-unavailable` when ATOLL_PULUMI cannot be used; there is no fallback
 */
export async function searchEngine(): Promise<Search> {
  const folders = engineFolders();
  const [memoryFolder = project] = folders;
  const memory = path.join(memoryFolder, "probed.json");
  const tried: Tried[] = [];
  for (const [program, source] of candidates(folders)) {
    const result = await probe(program, memory);
    if ("version" in result) {
      const engine = { path: program, version: result.version, source };
      return { engine: { ...engine, languageHost: languageHostOf(program) }, tried };
    }
    if (source === "ATOLL_PULUMI") {
      throw new BlueprintError(
        "engine-unavailable",
        `ATOLL_PULUMI is ${program}, which ${result.fault}: set it to a Pulumi CLI ${pinnedVersion} or newer, or unset it`,
      );
    }
    tried.push({ path: program, message: result.fault, unusable: existsSync(program) });
  }
  if (!tried.some(({ unusable }) => unusable)) {
    tried.unshift({ path: "PATH", message: "has no pulumi", unusable: false });
  }
  return { engine: undefined, tried };
}

function candidates(folders: readonly string[]): [string, Engine["source"]][] {
  const chosen = process.env.ATOLL_PULUMI;
  if (chosen) return [[path.resolve(chosen), "ATOLL_PULUMI"]];
  return [
    ...onPath(executable).map((program): [string, "PATH"] => [program, "PATH"]),
    ...folders.map((folder): [string, "cache"] => [cachedEngine(folder), "cache"]),
  ];
}

function onPath(name: string): string[] {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return [...new Set(folders)].map((folder) => path.resolve(folder, name)).filter(existsSync);
}

function languageHostOf(program: string): string | undefined {
  const name = `pulumi-language-nodejs${path.extname(program)}`;
  const beside = path.join(path.dirname(realpathSync(program)), name);
  return existsSync(beside) ? beside : onPath(name)[0];
}
