import { realpathSync, statSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { run } from "../setup/process.mjs";
import { parseVersion, unsuitable } from "./version.ts";

/** What a program turned out to be: a usable CLI, or why it is none. */
export type Probe = { readonly version: string } | { readonly fault: string };

/** The CLI answers in a fraction of a second; what takes longer hangs. */
const longestProbe = 20_000;

/** The CLI is 100 MB and more. A small file is a version manager's shim, which may stand for another version tomorrow. */
const smallestRemembered = 5_000_000;

type Memory = Record<string, { size: number; modified: number; version: string }>;

/**
 * Asks a program for its version. The answer is remembered in `memory` for as long as the file's size and date stay, because
 * asking takes longer than all the rest of a set-up with nothing to do.
 *
 * @param memory a JSON file; one that cannot be read or written costs time and nothing else
 */
export async function probe(program: string, memory: string): Promise<Probe> {
  const stat = statSync(program, { throwIfNoEntry: false });
  if (stat === undefined) return { fault: "is not there" };
  const file = realpathSync(program);
  const known = (await recall(memory))[file];
  if (known !== undefined && known.size === stat.size && known.modified === stat.mtimeMs) {
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
  return { fault: `does not work: "pulumi version" ended with ${code} and said ${said}` };
}

async function recall(memory: string): Promise<Memory> {
  try {
    return JSON.parse(await readFile(memory, "utf8"));
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
    // It is asked again the next time.
  }
}
