/**
 * The process that the language host starts for programs: `program-start.mjs [ENTRY]`. It loads the SDK, and the program's entry
 * file if it is given, while the engine is still busy, and waits for its run.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { deferPackages, unused } from "../../sdk/packages.mjs";

deferPackages(...unused);

const require = createRequire(import.meta.url);
// The SDK wants this before it loads gRPC.
require("@pulumi/pulumi/cmd/run/instrumentation");
require("@pulumi/pulumi");

// Not awaited: Node would report a program that waits for what never comes in its own way, and not leave that to the SDK.
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
    // A host that has gone gives this process nothing more to run.
    const leave = () => process.exit();
    process.once("disconnect", leave);
    process.once("message", (run) => {
      process.off("disconnect", leave);
      resolve(run);
    });
  });
}

/** What is wrong with the file is reported when it is run. */
async function loadAhead(file) {
  try {
    await import(pathToFileURL(file).href);
  } catch {}
}

/** Runs a program by the SDK's own entry point. Nothing runs in this process afterwards. */
function runOnce({ settings, program, args, cwd, env }) {
  process.disconnect();
  process.chdir(cwd);
  Object.assign(process.env, env);
  const { "dry-run": dryRun, ...values } = settings;
  const flags = Object.entries(values).map(([name, value]) => `--${name}=${value}`);
  process.argv.push(...flags, ...(dryRun ? ["--dry-run"] : []), program, ...args);
  require("@pulumi/pulumi/cmd/run");
}
