import { realpathSync, statSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { run } from "../setup/process.mjs";
import { parseVersion, unsuitable } from "./version.ts";

/** The version of a CLI, or why it cannot be used. */
export type Probe = { readonly version: string } | { readonly fault: string };

/** The CLI needs a fraction of a second. */
const longestProbe = 20_000;

/** The CLI is larger than 100 MB. A small file is the shim of a version manager, whose version can change. */
const smallestRemembered = 5_000_000;

type Memory = Record<string, { size: number; modified: number; version: string }>;

/**
 * The version of a program, cached in `memory` until the file's size or date changes: running the program takes longer than all other
 * checks of the set-up.
 *
 * @param memory a JSON file; if it cannot be read or written, the program is run every time
 */
export async function probe(program: string, memory: string): Promise<Probe> {
  const stat = statSync(program, { throwIfNoEntry: false });
  if (stat === undefined) return { fault: "does not exist" };
  const file = realpathSync(program);
  const known = (await recall(memory))[file];
  if (
    known?.size === stat.size &&
    known.modified === stat.mtimeMs &&
    parseVersion(String(known.version)) !== undefined
  ) {
    return judge(known.version);
  }
  const answer = await ask(program);
  if ("version" in answer && stat.size >= smallestRemembered) {
    await remember(memory, file, {
      size: stat.size,
      modified: stat.mtimeMs,
      version: answer.version,
    });
  }
  return "version" in answer ? judge(answer.version) : answer;
}

function judge(version: string): Probe {
  const fault = unsuitable(version);
  return fault === undefined ? { version } : { fault };
}

/** Runs `pulumi version`. */
export async function ask(program: string): Promise<Probe> {
  const { code, output } = await run(program, ["version"], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: longestProbe,
  });
  const version = parseVersion(output);
  if (code === 0 && version !== undefined) return { version };
  const said = output.trim().split("\n").at(-1) || "nothing";
  return {
    fault: `does not work: "pulumi version" ended with exit code ${code} and printed ${said}`,
  };
}

async function recall(memory: string): Promise<Memory> {
  try {
    return { ...JSON.parse(await readFile(memory, "utf8")) };
  } catch {
    return {};
  }
}

async function remember(memory: string, file: string, entry: Memory[string]): Promise<void> {
  const aside = `${memory}.${process.pid}`;
  try {
    await mkdir(path.dirname(memory), { recursive: true });
    await writeFile(aside, JSON.stringify({ ...(await recall(memory)), [file]: entry }));
    await rename(aside, memory);
  } catch {
    // The next run tries again.
  }
}
