/**
 * The process that the language host starts for programs: `program-start.mjs [ENTRY]`. It loads the SDK, and the program's entry
 * file if given, while the engine is still starting, and waits for its run.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { deferPackages, unused } from "../../sdk/packages.mjs";

deferPackages(...unused);

const require = createRequire(import.meta.url);
// The SDK requires this before it loads gRPC.
require("@pulumi/pulumi/cmd/run/instrumentation");
require("@pulumi/pulumi");

// Not awaited: with a top-level await, Node itself would report a program that never settles, in place of the SDK.
start();

async function start() {
  const first = nextRun();
  const [entry] = process.argv.splice(2);
  if (entry !== undefined) await loadAhead(entry);
  const run = await first;
  if (run.reusable) {
    const { runProgram } = await import("./program-turn.mjs");
    for (let turn = run; ; turn = await nextRun()) await runProgram(turn);
  }
  runOnce(run);
}

/** @returns {Promise<import("./program.ts").ProgramRun>} */
function nextRun() {
  return new Promise((resolve) => {
    // A host that has ended sends no further program.
    const leave = () => process.exit();
    process.once("disconnect", leave);
    process.once("message", (run) => {
      process.off("disconnect", leave);
      resolve(run);
    });
  });
}

/** Errors of the file are reported when it is run. */
async function loadAhead(file) {
  try {
    await import(pathToFileURL(file).href);
  } catch {}
}

/** Runs a program with the SDK's own entry point. The process runs no other program afterwards. */
function runOnce({ settings, program, args, cwd, env }) {
  process.disconnect();
  process.chdir(cwd);
  Object.assign(process.env, env);
  const { "dry-run": dryRun, ...values } = settings;
  const flags = Object.entries(values).map(([name, value]) => `--${name}=${value}`);
  process.argv.push(...flags, ...(dryRun ? ["--dry-run"] : []), program, ...args);
  require("@pulumi/pulumi/cmd/run");
}
