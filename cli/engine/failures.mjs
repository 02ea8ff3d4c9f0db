/** The exit code of a Pulumi program whose error has already been shown to the user. */
const ERROR_ALREADY_SHOWN = 32;

/**
 * Makes a process with unhandled errors end with a non-zero code. The handlers of the SDK let it end with 0, which the engine would
 * take for success.
 *
 * @param {(error: unknown) => void} onFailure called once for every such error
 * @param {(error: unknown) => boolean} isShown whether it has been shown to the user
 */
export function watchFailures(onFailure, isShown = () => true) {
  const failures = new Set();
  const fail = (error) => {
    if (failures.has(error)) return;
    failures.add(error);
    onFailure(error);
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  process.on("exit", (code) => {
    if (code !== 0 || failures.size === 0) return;
    process.exitCode = [...failures].every(isShown) ? ERROR_ALREADY_SHOWN : 1;
  });
  return { any: () => failures.size > 0 };
}
