/**
 * Runs a program in a process that has run others before it. The SDK is made for this: the Automation API runs its inline programs
 * one after the other in the same way. Only one program runs at a time, so what belongs to the whole process (variables, folder,
 * output, errors that nothing catches) belongs to that program.
 *
 * A process runs another program only after one that left nothing behind. After an error, or with promises that are still open, the
 * process lets go of its host and ends by itself, with the exit code and the messages of the SDK's own entry point.
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

/** The program that runs now, or that ran last. */
let entry = "";
let finished = true;
/** Calls something as a part of that program: the SDK keeps what belongs to one with its asynchronous calls. */
let inProgram = (work) => work();

const failures = watchFailures((error) => {
  inProgram(() => showFailure(error));
  if (process.connected) process.disconnect();
});
// Nothing is left to do. An engine that reads 0 would take the program for sound, and delete what it has not come to yet.
process.once("beforeExit", () => {
  process.once("exit", () => {
    if (process.exitCode) return;
    const [leaks, message] = inProgram(leakedPromises);
    if (finished && leaks.size === 0) return;
    console.error(message || `the program ${entry} waits for something that never comes`);
    process.exitCode = 1;
  });
});

/**
 * @param {import("./program.ts").ProgramRun} what
 * @returns {Promise<void>} when the process can run another program
 */
export async function runProgram({ settings, program, args, cwd, env }) {
  // A program that waits for what never comes must not be kept alive by its host.
  process.channel?.unref();
  entry = program;
  finished = false;
  process.chdir(cwd);
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...args);
  setVariables(settings, env);
  // What belongs to the program, its config among it, is read from the variables now.
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
      `${program} exports no function as its default, as Pulumi.yaml says by \`reusable: true\``,
    );
  return main();
}

/** As the SDK's entry point sets them. */
function setVariables(settings, env) {
  for (const [name, value] of Object.entries(settings))
    process.env[`PULUMI_NODEJS_${name.toUpperCase().replaceAll("-", "_")}`] = String(value);
  Object.assign(process.env, env);
}

/** As the SDK's entry point shows it. */
function showFailure(error) {
  if (RunError.isInstance(error)) log.error(error.message);
  else if (ResourceError.isInstance(error))
    log.error(error.hideStack ? error.message : inspect(error), error.resource);
  else
    log.error(`Running program '${entry}' failed with an unhandled exception:\n${inspect(error)}`);
}

/** Lets the process end when nothing is left to do, as that of a plain program does. */
function runOut() {
  if (process.connected) process.disconnect();
  process.once("beforeExit", () => {
    if (!failures.any()) inProgram(() => runtime.disconnect(true));
  });
  return new Promise(() => {});
}
