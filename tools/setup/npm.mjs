// @ts-check
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { SetupError } from "./failure.mjs";
import { isWritable } from "./folder.mjs";
import { exitCodeOf, run } from "./process.mjs";

/**
 * Installs from the lock file, without install scripts.
 *
 * @param {string} root
 * @param {(pid: number) => void} onStart
 */
export async function installWithNpm(root, onStart) {
  const { bavail, bsize } = fs.statfsSync(root);
  const full = fs.existsSync(path.join(root, "node_modules"))
    ? undefined
    : lackOfSpace(root, bavail * bsize);
  if (full !== undefined) throw new SetupError(full);
  const [program, ...before] = npmCommand();
  const args = [
    "ci",
    "--ignore-scripts",
    // With the user's NODE_ENV=production npm would omit development dependencies.
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--no-progress",
  ];
  const { code, output, interrupted } = await run(program, [...before, ...args], {
    cwd: root,
    env: { ...process.env, ...npmCache(root) },
    onStart,
  });
  if (interrupted !== undefined) {
    throw new SetupError(
      "interrupted while npm installed the dependencies; run the same command again to finish it",
      exitCodeOf(null, interrupted),
    );
  }
  if (code === 0) return;
  throw new SetupError(
    [`the dependencies could not be installed: ${cureFor(code, output)}`, ...ownWords(output)].join(
      "\n  ",
    ),
  );
}

/** The size of node_modules, 590 MB, and a reserve. On a full disk npm retries for minutes before it fails. */
const neededSpace = 700e6;

/**
 * @param {string} root
 * @param {number} free bytes
 * @returns {string | undefined} what is wrong, with the cure
 */
export function lackOfSpace(root, free) {
  if (free >= neededSpace) return undefined;
  const megabytes = (/** @type {number} */ bytes) => `${Math.floor(bytes / 1e6)} MB`;
  return `the disk of ${root} has ${megabytes(free)} free and the dependencies need ${megabytes(neededSpace)}: free some space`;
}

const longestQuote = 12;

/** @type {readonly [RegExp, string][]} */
const cures = [
  [/ENOSPC|no space left/i, "the disk is full: free about 2 GB and run the same command again"],
  [/EROFS|read-only file system/i, "the clone is read-only: use a writable clone"],
  [
    /EACCES|EPERM|permission denied/i,
    "npm has no permission to write to this clone or to its cache: change the owner, or set npm_config_cache to a folder that you can write to",
  ],
  [/EUSAGE|in sync/i, "package.json and package-lock.json disagree: run npm install once"],
  [
    /EINTEGRITY/,
    "a package differs from its checksum: run npm cache verify, then the same command again",
  ],
  [
    /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ENETUNREACH|network/i,
    "the package registry cannot be reached: check the network, the proxy and npm config get registry, then run the same command again",
  ],
  [/E40[13]/, "the package registry refused access: check the credentials in .npmrc"],
];

/**
 * The cure for a failed `npm ci`.
 *
 * @param {number} code
 * @param {string} output
 * @returns {string}
 */
export function cureFor(code, output) {
  if (code === 127) return "npm is not on PATH: install npm 9 or newer, which Node includes";
  const known = cures.find(([pattern]) => pattern.test(output));
  return known?.[1] ?? `npm ci ended with exit code ${code}: see its output below`;
}

/**
 * npm's own output of a failure, without warnings and usage.
 *
 * @param {string} output
 */
function ownWords(output) {
  const said = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^npm (warn|notice)/i.test(line) && line !== "npm error");
  const manual = said.findIndex((line) => line.includes("Clean install a project"));
  return said.slice(0, manual === -1 ? said.length : manual).slice(0, longestQuote);
}

/** @returns {[string, ...string[]]} */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running !== undefined && path.basename(running) === "npm-cli.js") {
    return [process.execPath, running];
  }
  // On Windows npm is a shell script, which is unsafe to start with arguments; its entry point is not.
  const beside = path.join(path.dirname(process.execPath), "node_modules/npm/bin/npm-cli.js");
  return fs.existsSync(beside) ? [process.execPath, beside] : ["npm"];
}

/**
 * A cache in the clone where the home folder is read-only, as in many containers.
 *
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
function npmCache(root) {
  if (process.env.npm_config_cache !== undefined && isWritable(process.env.npm_config_cache)) {
    return {};
  }
  return isWritable(path.join(os.homedir(), ".npm"))
    ? {}
    : { npm_config_cache: path.join(root, ".atoll", "npm") };
}
