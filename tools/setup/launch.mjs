// @ts-check
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDependencies } from "./dependencies.mjs";
import { fileFault, SetupError } from "./failure.mjs";
import { chooseNode, handOver } from "./runtime.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** @type {Record<string, string>} */
const scripts = {
  check: "tools/check.ts",
  generate: "tools/generate/index.ts",
  bench: "bench/index.ts",
  "bench-fleet": "bench/fleet.ts",
  build: "tools/package/build.ts",
};

/**
 * Installs what is missing, then runs the `atoll` command with the arguments, or with `--script NAME` a script of the project. Commands
 * that need the Pulumi CLI install it themselves.
 *
 * @param {readonly string[]} args
 */
export async function launch(args) {
  try {
    const target = resolveTarget(args);
    const stamp = await ensureDependencies(root);
    process.exitCode = await handOver(root, chooseNode(root, stamp.node), target);
  } catch (error) {
    const fault = fileFault(error);
    if (!(error instanceof SetupError) && fault === undefined) throw error;
    process.stderr.write(`set-up: ${fault ?? /** @type {Error} */ (error).message}\n`);
    process.exitCode = error instanceof SetupError ? error.exitCode : 1;
  }
}

/**
 * @param {readonly string[]} args
 * @returns {string[]} the file to run and its arguments
 */
function resolveTarget(args) {
  if (args[0] !== "--script") return [path.join(root, "cli", "main.ts"), ...args];
  const [, name = "", ...rest] = args;
  const file = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (file === undefined) {
    const known = Object.keys(scripts).join(", ");
    throw new SetupError(`unknown script "${name}"; the scripts are ${known}`, 2);
  }
  return [path.join(root, file), ...rest];
}
