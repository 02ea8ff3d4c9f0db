// @ts-check
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import tty from "node:tty";

/** The start of a process that has ended and whose parent has not asked for its exit code yet. */
const ended = "ended";

/**
 * When a process began, in words that differ from those of any other process with the same id. `undefined` when it is not
 * running or this system cannot say.
 *
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startOf(pid) {
  const stat = procStat(pid);
  if (stat !== undefined) return stat[0] === "Z" ? ended : stat[19];
  if (process.platform === "win32") return undefined;
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return stdout?.trim() || undefined;
}

/**
 * The fields of Linux's /proc/PID/stat from the third on: the second, the name, may hold spaces and brackets.
 *
 * @param {number | "self"} pid
 */
function procStat(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/**
 * Whether that very process still runs.
 *
 * @param {{ pid: number, start?: string | undefined }} process_
 */
export function isRunning({ pid, start }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
  const now = startOf(pid);
  return now !== ended && (start === undefined || now === undefined || start === now);
}

/**
 * Passes the signals that end a process on to `child`. An interrupt typed on a terminal already reaches every process of the
 * foreground group, and npm passes it on a second time: one key press must not look like two to the child.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {{ patience?: number }} [options] milliseconds after which a child that does not heed the signal is killed; without it
 *   the child ends when it likes
 * @returns {{ stop(): void, received(): NodeJS.Signals | undefined }}
 */
export function forwardSignals(child, { patience } = {}) {
  /** @type {NodeJS.Signals | undefined} */
  let received;
  let last = 0;
  const typed = isForeground();
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    const now = performance.now();
    const repeated = received === signal && now - last < 500;
    const fromTerminal = signal === "SIGINT" && typed && received === undefined;
    received = signal;
    last = now;
    if (!repeated && !fromTerminal) child.kill(signal);
    if (patience !== undefined) setTimeout(() => child.kill("SIGKILL"), patience).unref();
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, forward);
  return {
    stop: () => {
      for (const signal of signals) process.off(signal, forward);
    },
    received: () => received,
  };
}

/** Whether a key press on a terminal reaches this process and its children by itself. */
function isForeground() {
  const stat = procStat("self");
  if (stat !== undefined) return stat[2] === stat[5];
  return [0, 1, 2].some((fd) => tty.isatty(fd));
}

/**
 * What a shell reports for a process that ended so.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  return signal === null ? (code ?? 1) : 128 + os.constants.signals[signal];
}

const longestTail = 64 * 1024;
const straggler = 1000;
/** npm goes on for a long time after an interrupt; what it leaves is no worse when it is killed. */
const patience = 2000;

/**
 * @typedef {object} Outcome
 * @property {number} code what a shell would report; 127 when the program is not there
 * @property {string} output the last 64 KiB of both its streams
 * @property {NodeJS.Signals | undefined} interrupted the signal that this process got meanwhile
 */

/**
 * Runs a program without showing its output, and forwards signals to it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, onStart?: (pid: number) => void }} [options]
 *   `timeout` in milliseconds
 * @returns {Promise<Outcome>}
 */
export function run(program, args, { onStart, ...options } = {}) {
  return new Promise((resolve) => {
    let output = "";
    /** @param {Buffer} bytes */
    const collect = (bytes) => {
      output = (output + bytes.toString("utf8")).slice(-longestTail);
    };
    const child = spawn(program, [...args], {
      ...options,
      killSignal: "SIGKILL",
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const signals = forwardSignals(child, { patience });
    /** @param {number} code */
    const end = (code) => {
      signals.stop();
      resolve({ code, output, interrupted: signals.received() });
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => {
      output += error.message;
      end(127);
    });
    child.once("close", (code, signal) => end(exitCodeOf(code, signal)));
    // A grandchild that outlives a killed child keeps the streams open; it must not keep us.
    child.once("exit", () => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, straggler).unref();
    });
    if (child.pid !== undefined) onStart?.(child.pid);
  });
}
