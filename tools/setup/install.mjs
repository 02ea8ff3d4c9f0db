// @ts-check
import path from "node:path";
import { withLock } from "./lock.mjs";
import { installWithNpm } from "./npm.mjs";
import { step } from "./steps.mjs";

/**
 * Installs the dependencies under a lock.
 *
 * @template T
 * @param {string} root
 * @param {import("./steps.mjs").Report} report
 * @param {() => T | undefined} fresh the result where another process has installed them in the meantime
 * @param {() => T} finish called after npm has finished; npm deletes node_modules first, including the stamp
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
