// @ts-check
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { SetupError } from "./failure.mjs";
import { packagedNode, versionOf } from "./runtime.mjs";

/**
 * Written to node_modules at the end of an installation, so that an interrupted one has none.
 *
 * @typedef {object} Stamp
 * @property {string} lock SHA-256 of package-lock.json
 * @property {string} platform `<platform>-<arch>` that it was installed for
 * @property {string | null} node version of the packaged Node; null where the lock file has none for this platform
 */

/**
 * A package in a lock file.
 *
 * @typedef {object} Entry
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {string | string[]} [os]
 * @property {string | string[]} [cpu]
 */
/** @typedef {{ packages: Record<string, Entry> }} LockFile */

const here = `${process.platform}-${process.arch}`;

/**
 * Installs node_modules from package-lock.json. Where they match already, it only reads two files.
 *
 * @param {string} root the clone
 * @param {import("./steps.mjs").Report} [report]
 * @returns {Promise<Stamp>}
 */
export async function ensureDependencies(root, report = process.stderr) {
  const lock = readLockFile(root);
  const fresh = () => current(root, lock) ?? adopt(root, lock);
  const present = fresh();
  if (present !== undefined) return present;

  // Loaded here, because nearly every run has nothing to install.
  const { installOnce } = await import("./install.mjs");
  return installOnce(root, report, fresh, () => {
    const stamp = makeStamp(root, lock);
    writeStamp(root, stamp);
    return stamp;
  });
}

/**
 * Whether node_modules, as npm recorded it, matches the lock file on this platform. Packages for other platforms and optional ones may
 * be missing.
 *
 * @param {LockFile} wanted package-lock.json
 * @param {LockFile} installed node_modules/.package-lock.json, which npm writes when it has finished
 * @param {{ platform: string, arch: string }} [machine]
 */
export function isInstalled(wanted, installed, machine = process) {
  return Object.entries(wanted.packages).every(([folder, entry]) => {
    if (folder === "") return true;
    const found = installed.packages[folder];
    if (found === undefined) {
      const optional = entry.optional === true || entry.devOptional === true;
      return optional && !(isRuntime(entry, folder) && suits(entry, machine));
    }
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * The package with the pinned Node for a platform, as the lock file names it.
 *
 * @param {LockFile} lock
 * @param {{ platform: string, arch: string }} [machine]
 * @returns {string | undefined} its folder below the clone
 */
export function runtimePackage(lock, machine = process) {
  return Object.entries(lock.packages).find(
    ([folder, entry]) => isRuntime(entry, folder) && suits(entry, machine),
  )?.[0];
}

/**
 * @param {Entry} entry
 * @param {string} folder
 */
function isRuntime(entry, folder) {
  return entry.optional === true && /^node_modules\/node-(bin-)?(darwin|linux|win)-/.test(folder);
}

/**
 * @param {Entry} entry
 * @param {{ platform: string, arch: string }} machine
 */
function suits(entry, { platform, arch }) {
  /** @type {(allowed: string | string[] | undefined, value: string) => boolean} */
  const allows = (allowed, value) => allowed === undefined || [allowed].flat().includes(value);
  return allows(entry.os, platform) && allows(entry.cpu, arch);
}

/**
 * @param {string} root
 * @returns {LockFile & { hash: string }}
 */
function readLockFile(root) {
  const file = path.join(root, "package-lock.json");
  try {
    const text = fs.readFileSync(file, "utf8");
    const hash = createHash("sha256").update(text).digest("hex");
    return Object.assign(parseLockFile(text), { hash });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SetupError(
      `${file} cannot be read: ${why}; restore it with: git checkout package-lock.json`,
    );
  }
}

/**
 * @param {string} text
 * @returns {LockFile}
 */
function parseLockFile(text) {
  const lock = JSON.parse(text);
  if (typeof lock?.packages !== "object" || lock.packages === null) {
    throw new Error("it has no packages");
  }
  return lock;
}

/** @param {string} root */
const stampFile = (root) => path.join(root, "node_modules", ".atoll-stamp");

/**
 * @param {string} root
 * @param {{ hash: string }} lock
 * @returns {Stamp | undefined}
 */
function current(root, lock) {
  try {
    const stamp = JSON.parse(fs.readFileSync(stampFile(root), "utf8"));
    return stamp.lock === lock.hash && stamp.platform === here ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Accepts what the user installed with `npm ci` or `npm install`.
 *
 * @param {string} root
 * @param {LockFile & { hash: string }} lock
 * @returns {Stamp | undefined}
 */
function adopt(root, lock) {
  const record = path.join(root, "node_modules", ".package-lock.json");
  /** @type {Stamp} */
  let stamp;
  try {
    if (!isInstalled(lock, parseLockFile(fs.readFileSync(record, "utf8")))) return undefined;
    stamp = makeStamp(root, lock);
  } catch {
    return undefined;
  }
  try {
    writeStamp(root, stamp);
  } catch {
    // In a read-only clone the next run checks again.
  }
  return stamp;
}

/**
 * @param {string} root
 * @param {LockFile & { hash: string }} lock
 * @returns {Stamp}
 */
function makeStamp(root, lock) {
  const folder = runtimePackage(lock);
  if (folder === undefined) return { lock: lock.hash, platform: here, node: null };
  if (!fs.existsSync(path.join(root, folder))) {
    throw new SetupError(
      `npm did not install ${path.basename(folder)}, the package with the pinned Node, because an optional download failed: run the same command again`,
    );
  }
  const node = versionOf(packagedNode(root));
  return { lock: lock.hash, platform: here, node: node ?? null };
}

/**
 * @param {string} root
 * @param {Stamp} stamp
 */
function writeStamp(root, stamp) {
  const file = stampFile(root);
  fs.writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(stamp)}\n`);
  fs.renameSync(`${file}.${process.pid}`, file);
}
