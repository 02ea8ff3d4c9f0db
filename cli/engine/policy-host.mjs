/**
 * Starts a policy pack for the engine: `policy-host.mjs ENGINE_ADDRESS PACK_FOLDER`, in the pack's folder. The pack prints the
 * port it serves on. `@pulumi/pulumi/cmd/run-policy-pack` does the same, but loads the TypeScript compiler first; this
 * project's packs are run by Node itself.
 */
import { createRequire, flushCompileCache } from "node:module";
import { deferPackages, unused } from "../../stacks/deferred.mjs";

// Types of resources have versions, but a pack registers none.
deferPackages(...unused, "semver");

/** How a Pulumi program says that the user has already been shown what went wrong. */
const ERROR_ALREADY_SHOWN = 32;

const [engine, pack, ...rest] = process.argv.slice(2);
if (engine === undefined || pack === undefined) {
  console.error("usage: policy-host.mjs <engine address> <policy pack folder>");
  process.exit(2);
}

let started = false;
const failures = new Set();
const shown = new Set();
const fail = (error) => {
  failures.add(error);
  if (!started)
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
};
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
// The SDK's own handlers keep the process from ending with an error, and an engine that reads 0 would take the pack for sound.
process.on("exit", (code) => {
  if (code !== 0 || failures.size === 0) return;
  process.exitCode = [...failures].every((error) => shown.has(error)) ? ERROR_ALREADY_SHOWN : 1;
});

// An engine that is killed can end nobody: whoever served it then has another parent. The shell that started this knew the
// engine's id long before the SDK was loaded.
const engineProcess = Number(process.env.ATOLL_ENGINE_PID ?? process.ppid);
setInterval(() => {
  if (process.ppid !== engineProcess) process.exit();
}, 1000).unref();

const { run } = createRequire(import.meta.url)("@pulumi/pulumi/cmd/run-policy-pack/run");
await run({
  argv: { _: [pack, ...rest] },
  programStarted: () => {
    started = true;
  },
  reportLoggedError: (error) => shown.add(error),
  typeScript: false,
});
// The engine ends the pack with a signal, which would lose what is only written on exit.
setTimeout(flushCompileCache, 1000).unref();
