/**
 * Starts a policy pack for the engine: `policy-host.mjs ENGINE_ADDRESS PACK_FOLDER`, in the pack's folder. The pack prints the
 * port it serves on. `@pulumi/pulumi/cmd/run-policy-pack` does the same, but loads the TypeScript compiler first; this
 * project's packs are run by Node itself.
 */
import { createRequire, flushCompileCache } from "node:module";
import { deferPackages, unused } from "../../sdk/packages.mjs";
import { watchFailures } from "./failures.mjs";

deferPackages(...unused);

const [engine, pack, ...rest] = process.argv.slice(2);
if (engine === undefined || pack === undefined) {
  console.error("usage: policy-host.mjs <engine address> <policy pack folder>");
  process.exit(2);
}

let started = false;
const shown = new Set();
watchFailures(
  (error) => {
    // Once it has started, the SDK shows errors itself.
    if (!started)
      console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  },
  (error) => shown.has(error),
);

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
