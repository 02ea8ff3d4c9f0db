// @ts-check
import path from "node:path";
import { withLock } from "./lock.mjs";
import { installWithNpm } from "./npm.mjs";
import { step } from "./steps.mjs";

/**
 * Installs the dependencies while no other process does.
 *
 * @template T
 * @param {string} root
 * @param {import("./steps.mjs").Report} report
 * @param {() => T | undefined} fresh what there is, when another process has installed them meanwhile
 * @param {() => T} finish called after npm has finished; npm begins by taking away what was there, the stamp included
 * @returns {Promise<T>}
 */
export function installOnce(root, report, fresh, finish) {
  const folder = path.join(root, ".atoll", "locks", "dependencies");
  const wait = (/** @type {import("./lock.mjs").Owner} */ { holder, since }) => {
    report.write(
      `set-up: dependencies: waiting for process ${holder.pid}, which has been installing them since ${since}\n`,
    );
  };
  return withLock(folder, wait, async (hold) => {
    const meanwhile = fresh();
    if (meanwhile !== undefined) return meanwhile;
    return step(
      "dependencies",
      async () => {
        await installWithNpm(root, hold.worker);
        return finish();
      },
      report,
    );
  });
}
