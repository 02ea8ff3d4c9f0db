/**
 * Runs several programs in one process, one after the other, as the Automation API does with inline programs. Only one program runs
 * at a time, so process-wide settings (variables, working directory, output, unhandled errors) belong to that program.
 *
 * After an error, or with promises still open, the process runs no further program. It disconnects from its host and ends with the
 * exit code and the messages of the SDK's own entry point.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { watchFailures } from "./failures.mjs";

const require = createRequire(import.meta.url);
const { log, ResourceError, RunError, runtime } = require("@pulumi/pulumi");
const { withRootContext } = require("@pulumi/pulumi/cmd/run/instrumentation");
const { leakedPromises } = require("@pulumi/pulumi/runtime/debuggable");
const { getStore, withLocalStorage } = require("@pulumi/pulumi/runtime/state");

/** The current or last program. */
let entry = "";
let finished = true;
/** Runs a function in the context of that program: the SDK keeps its state in asynchronous local storage. */
let inProgram = (work) => work();

const failures = watchFailures((error) => {
  inProgram(() => showFailure(error));
  if (process.connected) process.disconnect();
});
// The event loop is empty. On exit code 0 the engine would take the program for complete, and delete unregistered resources.
process.once("beforeExit", () => {
  process.once("exit", () => {
    if (process.exitCode) return;
    const [leaks, message] = inProgram(leakedPromises);
    if (finished && leaks.size === 0) return;
    console.error(message || `the program ${entry} waits for a promise that never settles`);
    process.exitCode = 1;
  });
});

/**
 * @param {import("./program.ts").ProgramRun} what
 * @returns {Promise<void>} when the process can run another program
 */
export async function runProgram({ settings, program, args, cwd, env }) {
  // The connection to the host must not keep a program alive whose promises never settle.
  process.channel?.unref();
  entry = program;
  finished = false;
  process.chdir(cwd);
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...args);
  setVariables(settings, env);
  // The SDK reads the program's settings and config from the variables here.
  await withLocalStorage(async () => {
    inProgram = AsyncLocalStorage.snapshot();
    await withRootContext(() => runtime.runInPulumiStack(() => call(program)));
    await runtime.waitForRPCs();
    await setImmediate();
    finished = true;
    if (failures.any() || getStore().leakCandidates.size > 0) await runOut();
    await runtime.disconnect(true);
    if (failures.any()) await runOut();
    for (const client of [runtime.getMonitor(), runtime.getEngine()]) client?.close();
  });
  process.channel?.ref();
  process.send?.({ ended: true });
}

async function call(program) {
  const { default: main } = await import(pathToFileURL(program).href);
  if (typeof main !== "function")
    throw new RunError(
      `${program} must export a function as default, because Pulumi.yaml has \`reusable: true\``,
    );
  return main();
}

/** Sets the same variables as the SDK's entry point. */
function setVariables(settings, env) {
  for (const [name, value] of Object.entries(settings))
    process.env[`PULUMI_NODEJS_${name.toUpperCase().replaceAll("-", "_")}`] = String(value);
  Object.assign(process.env, env);
}

/** Logs the same message as the SDK's entry point. */
function showFailure(error) {
  if (RunError.isInstance(error)) log.error(error.message);
  else if (ResourceError.isInstance(error))
    log.error(error.hideStack ? error.message : inspect(error), error.resource);
  else
    log.error(`Running program '${entry}' failed with an unhandled exception:\n${inspect(error)}`);
}

/** Lets the process end when its event loop is empty, as with plain Pulumi. */
function runOut() {
  if (process.connected) process.disconnect();
  process.once("beforeExit", () => {
    if (!failures.any()) inProgram(() => runtime.disconnect(true));
  });
  return new Promise(() => {});
}
