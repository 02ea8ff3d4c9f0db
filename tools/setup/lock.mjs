// @ts-check
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder } from "./folder.mjs";
import { isRunning, startOf } from "./process.mjs";

/**
 * The holder of a lock. A process is identified by its id and start time, because ids are reused.
 *
 * @typedef {{ pid: number, start: string | undefined }} Process
 * @typedef {{ token: string, host: string, since: string, holder: Process, worker?: Process }} Owner
 */

const poll = 200;
/** An owner on another machine (a shared home folder) cannot be checked, so owners touch their file regularly. */
const heartbeat = 5000;
const silence = 60_000;
/** A takeover takes milliseconds. A guard of this age was left by a process that ended during one. */
const guardExpires = 30_000;

/**
 * Runs `work` under a lock. The lock is a folder with its owner in a file, created by rename, so that it is never incomplete. A lock
 * whose owner has ended is taken over.
 *
 * @template T
 * @param {string} dir the lock's folder; its parent is created
 * @param {(owner: Owner) => void} onWait called once for each owner that is waited for
 * @param {(hold: { worker(pid: number): void }) => Promise<T>} work calls `worker` with a child that may outlive this process
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
  let reported = "";
  for (;;) {
    if (claim(dir, owner)) return owner;
    const other = readOwner(dir);
    if (other === "gone") continue;
    if (other === "unreadable" || isStale(other, dir)) {
      await takeOver(dir, other === "unreadable" ? undefined : other.token);
    } else {
      if (reported !== other.token) onWait(other);
      reported = other.token;
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
    // A folder that is not empty is never replaced; Windows reports EPERM.
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "EPERM") return false;
    throw error;
  }
}

/**
 * Removes the lock of an owner that has ended. Only one process at a time may do so, and only if the lock is still that owner's.
 * Otherwise two processes that saw the same owner could remove each other's new lock.
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
 * @param {string | undefined} token the expected owner's; `undefined` for an unreadable file
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
    // The lock and its folder were removed.
  }
}

/** @param {string} file milliseconds since it was last written; 0 when it does not exist */
function age(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}
