// @ts-check
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder } from "./folder.mjs";
import { isRunning, startOf } from "./process.mjs";

/**
 * Who holds a lock. A process is known by its id and its start, because ids are used again.
 *
 * @typedef {{ pid: number, start: string | undefined }} Process
 * @typedef {{ token: string, host: string, since: string, holder: Process, worker?: Process }} Owner
 */

const poll = 200;
/** An owner on another machine (a shared home folder) cannot be asked, so it shows life by touching its file. */
const heartbeat = 5000;
const silence = 60_000;
/** Taking over is a matter of milliseconds; a guard this old was left by a process that died in between. */
const guardExpires = 30_000;

/**
 * Runs `work` while no other process runs it under the same lock. The lock is a folder that appears by rename, whole, with its
 * owner inside; one whose owner died is taken over.
 *
 * @template T
 * @param {string} dir the lock's folder; its parent is made
 * @param {(owner: Owner) => void} onWait called once for each other owner that is waited for
 * @param {(hold: { worker(pid: number): void }) => Promise<T>} work tell `worker` of a child that may outlive this process
 * @returns {Promise<T>}
 */
export async function withLock(dir, onWait, work) {
  const owner = await acquire(dir, onWait);
  const file = path.join(dir, "owner.json");
  const timer = setInterval(() => touch(file), heartbeat);
  timer.unref();
  try {
    return await work({
      worker: (pid) => writeOwner(dir, { ...owner, worker: { pid, start: startOf(pid) } }),
    });
  } finally {
    clearInterval(timer);
    remove(dir, owner.token);
  }
}

/**
 * @param {string} dir
 * @param {(owner: Owner) => void} onWait
 * @returns {Promise<Owner>}
 */
async function acquire(dir, onWait) {
  const owner = {
    token: randomUUID(),
    host: os.hostname(),
    since: new Date().toISOString(),
    holder: { pid: process.pid, start: startOf(process.pid) },
  };
  makeFolder(path.dirname(dir));
  let told = "";
  for (;;) {
    if (claim(dir, owner)) return owner;
    const other = readOwner(dir);
    if (other === "gone") continue;
    if (other === "unreadable" || isStale(other, dir)) {
      await takeOver(dir, other === "unreadable" ? undefined : other.token);
    } else {
      if (told !== other.token) onWait(other);
      told = other.token;
      await sleep(poll);
    }
  }
}

/**
 * @param {string} dir
 * @param {Owner} owner
 */
function claim(dir, owner) {
  if (fs.existsSync(path.join(dir, "owner.json"))) return false;
  const aside = `${dir}.${owner.token}`;
  fs.mkdirSync(aside);
  try {
    writeOwner(aside, owner);
    fs.renameSync(aside, dir);
    return true;
  } catch (error) {
    fs.rmSync(aside, { recursive: true, force: true });
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    // A folder with something in it is never replaced; Windows says so with EPERM.
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "EPERM") return false;
    throw error;
  }
}

/**
 * Only one process at a time may take a dead owner's lock away, and only while it is still that owner's: otherwise two that
 * saw the same dead owner could take away each other's fresh lock.
 *
 * @param {string} dir
 * @param {string | undefined} token
 */
async function takeOver(dir, token) {
  const guard = `${dir}.takeover`;
  try {
    fs.mkdirSync(guard);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    if (age(guard) > guardExpires) fs.rmSync(guard, { recursive: true, force: true });
    await sleep(poll / 4);
    return;
  }
  try {
    remove(dir, token);
  } finally {
    fs.rmSync(guard, { recursive: true, force: true });
  }
}

/**
 * @param {string} dir
 * @param {string | undefined} token whose it must be; `undefined`: an unreadable one
 */
function remove(dir, token) {
  const owner = readOwner(dir);
  if (owner === "gone" || (owner === "unreadable" ? undefined : owner.token) !== token) return;
  const grave = `${dir}.${randomUUID()}`;
  fs.renameSync(dir, grave);
  fs.rmSync(grave, { recursive: true, force: true });
}

/**
 * @param {Owner} owner
 * @param {string} dir
 */
function isStale(owner, dir) {
  if (owner.host !== os.hostname()) return age(path.join(dir, "owner.json")) > silence;
  return !isRunning(owner.holder) && !(owner.worker && isRunning(owner.worker));
}

/**
 * @param {string} dir
 * @returns {Owner | "gone" | "unreadable"}
 */
function readOwner(dir) {
  try {
    const owner = JSON.parse(fs.readFileSync(path.join(dir, "owner.json"), "utf8"));
    return typeof owner?.token === "string" && typeof owner.holder?.pid === "number"
      ? owner
      : "unreadable";
  } catch (error) {
    const gone = /** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT";
    return gone ? "gone" : "unreadable";
  }
}

/**
 * @param {string} dir
 * @param {Owner} owner
 */
function writeOwner(dir, owner) {
  const file = path.join(dir, "owner.json");
  fs.writeFileSync(`${file}.new`, JSON.stringify(owner));
  fs.renameSync(`${file}.new`, file);
}

/** @param {string} file */
function touch(file) {
  try {
    fs.utimesSync(file, new Date(), new Date());
  } catch {
    // The lock went away with its folder; there is nothing left to show life for.
  }
}

/** @param {string} file milliseconds since it was last written; 0 when it is not there */
function age(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}
