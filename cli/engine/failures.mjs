/** How a Pulumi program says that the user has already been shown what went wrong. */
const ERROR_ALREADY_SHOWN = 32;

/**
 * Makes a process that ran into errors that nothing caught end with a code that says so. The SDK's own handlers keep it from
 * ending with an error, and an engine that reads 0 would take the program or the pack for sound.
 *
 * @param {(error: unknown) => void} onFailure called once for every such error
 * @param {(error: unknown) => boolean} isShown whether the user has been shown it
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
