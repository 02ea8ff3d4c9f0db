/**
 * Starts a policy pack for the engine: `policy-host.mjs ENGINE_ADDRESS PACK_FOLDER`, in the pack's folder. The pack prints its port.
 * `@pulumi/pulumi/cmd/run-policy-pack` does the same, but loads the TypeScript compiler first, which packs of this project do not
 * need.
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
    // After the start, the SDK shows errors itself.
    if (!started)
      console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  },
  (error) => shown.has(error),
);

// A killed engine cannot stop this process, which then gets another parent. ATOLL_ENGINE_PID is the engine's id from before the SDK
// was loaded.
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
// The engine stops the pack with a signal, before Node would write the cache on exit.
setTimeout(flushCompileCache, 1000).unref();
