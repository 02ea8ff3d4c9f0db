/**
 * Finds or installs the Pulumi CLI. In this order: `ATOLL_PULUMI`, a new enough `pulumi` on PATH, the user's cache, the official
 * release, a build from pinned Go modules.
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

/** A way to install the CLI, to `<aside>/install/bin`. */
interface Way {
  readonly name: string;
  readonly cure: string;
  readonly fill: (aside: string, onStart: (pid: number) => void, report: Report) => Promise<void>;
}

const ways: readonly Way[] = [
  {
    name: "download",
    cure: "allow the download, or set ATOLL_PULUMI_RELEASES to a mirror; behind a proxy set NODE_USE_ENV_PROXY=1",
    fill: (aside, _onStart, report) => fetchRelease(aside, { report }),
  },
  {
    name: "build from Go modules",
    cure: "or install Pulumi yourself and put it on PATH",
    fill: buildEngine,
  },
];

/**
 * Finds the CLI without installing it.
 *
 * @returns `undefined` when there is none yet
 * @throws BlueprintError `engine-unavailable` when ATOLL_PULUMI names one that cannot be used
 */
export async function locateEngine(): Promise<Engine | undefined> {
  return (await searchEngine()).engine;
}

/**
 * Finds the CLI, or downloads or builds it. Reports one line per step, and nothing where the CLI exists.
 *
 * @param report receives the lines; standard error by default
 * @throws BlueprintError `engine-unavailable` with each way that was tried, why it failed, and the cure
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
    `no Pulumi CLI ${pinnedVersion} or newer could be found or installed; fix one of these:`,
    [...after.tried.map(({ path, message }) => ({ path, message })), ...failed],
  );
}

/** Installs the CLI to the cache in the first way that works, under a lock. Returns the errors of the other ways. */
async function getEngine(report: Report): Promise<Problem[]> {
  const failed: Problem[] = [];
  try {
    const folder = await writableFolder(engineFolders());
    const name = `pulumi ${pinnedVersion}`;
    await withLock(
      path.join(folder, ".lock"),
      ({ holder, since }) => {
        report.write(
          `set-up: ${name}: waiting for process ${holder.pid}, which has been installing it since ${since}\n`,
        );
      },
      async (hold) => {
        if ((await searchEngine()).engine !== undefined) return;
        for (const way of ways) {
          try {
            await step(
              `${name}, ${way.name}`,
              () => installAside(folder, (aside) => way.fill(aside, hold.worker, report)),
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
    // The lock is released. The signal now has its default effect.
    if (error instanceof Interrupted) process.kill(process.pid, error.signal);
    failed.push({ path: "cache", message: `${sentence(error)}, or set ATOLL_CACHE` });
  }
  return failed;
}
