/**
 * The Pulumi CLI: where it is, and how to get it. The first way that works is taken: `ATOLL_PULUMI` or a new enough `pulumi` on
 * PATH, the user's cache, the vendor's release, a build from pinned Go modules.
 */
import path from "node:path";
import { BlueprintError, type Problem } from "../components/core/errors.ts";
import { buildEngine } from "./engine/build.ts";
import { installAside, writableFolder } from "./engine/cache.ts";
import { fetchRelease } from "./engine/release.ts";
import { type Engine, engineFolders, searchEngine } from "./engine/search.ts";
import { pinnedVersion } from "./engine/version.ts";
import { Interrupted, sentence } from "./setup/failure.mjs";
import { withLock } from "./setup/lock.mjs";
import { type Report, step } from "./setup/steps.mjs";

export { type Engine, type Search, searchEngine } from "./engine/search.ts";

/** A way to get the CLI: fills `<aside>/install/bin`. */
interface Way {
  readonly name: string;
  readonly cure: string;
  readonly fill: (aside: string, onStart: (pid: number) => void) => Promise<void>;
}

const ways: readonly Way[] = [
  {
    name: "download",
    cure: "allow the download, or name a mirror in ATOLL_PULUMI_RELEASES; behind a proxy set NODE_USE_ENV_PROXY=1",
    fill: (aside) => fetchRelease(aside),
  },
  {
    name: "build from Go modules",
    cure: "or install Pulumi yourself and put it on PATH",
    fill: buildEngine,
  },
];

/**
 * Finds the CLI without getting one.
 *
 * @returns `undefined` when there is none yet
 * @throws BlueprintError `engine-unavailable` when ATOLL_PULUMI names one that cannot be used
 */
export async function locateEngine(): Promise<Engine | undefined> {
  return (await searchEngine()).engine;
}

/**
 * Finds the CLI, and downloads or builds it when there is none. Reports one line a step, and nothing when nothing is to do.
 *
 * @param report where to; standard error unless said otherwise
 * @throws BlueprintError `engine-unavailable` naming each way that was tried, why it failed, and the cure
 */
export async function ensureEngine(report: Report = process.stderr): Promise<Engine> {
  const { engine, tried } = await searchEngine();
  if (engine !== undefined) return engine;
  for (const { path: where, message } of tried.filter(({ unusable }) => unusable)) {
    report.write(`set-up: ${where} is skipped: ${message}\n`);
  }
  const failed = await getEngine(report);
  const after = await searchEngine();
  if (after.engine !== undefined) return after.engine;
  throw new BlueprintError(
    "engine-unavailable",
    `no Pulumi CLI ${pinnedVersion} or newer could be had; put one of these right:`,
    [...after.tried.map(({ path, message }) => ({ path, message })), ...failed],
  );
}

/** Fills the cache by the first way that works, while no other process does; returns what the others failed by. */
async function getEngine(report: Report): Promise<Problem[]> {
  const failed: Problem[] = [];
  try {
    const folder = await writableFolder(engineFolders());
    const name = `pulumi ${pinnedVersion}`;
    await withLock(
      path.join(folder, ".lock"),
      ({ holder, since }) => {
        report.write(
          `set-up: ${name}: waiting for process ${holder.pid}, which has been getting it since ${since}\n`,
        );
      },
      async (hold) => {
        if ((await searchEngine()).engine !== undefined) return;
        for (const way of ways) {
          try {
            await step(
              `${name}, ${way.name}`,
              () => installAside(folder, (aside) => way.fill(aside, hold.worker)),
              report,
            );
            return;
          } catch (error) {
            if (error instanceof Interrupted) throw error;
            report.write(`set-up: ${way.name} failed: ${sentence(error)}\n`);
            failed.push({ path: way.name, message: `${sentence(error)}; ${way.cure}` });
          }
        }
      },
    );
  } catch (error) {
    // The lock has been given back; now the signal does what it would have done without the set-up.
    if (error instanceof Interrupted) process.kill(process.pid, error.signal);
    failed.push({ path: "cache", message: `${sentence(error)}, or set ATOLL_CACHE` });
  }
  return failed;
}
