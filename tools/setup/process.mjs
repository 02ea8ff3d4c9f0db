// @ts-check
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import tty from "node:tty";

/** The start time of a zombie process. */
const ended = "ended";

/**
 * The start time of a process, which distinguishes it from others with the same id. `undefined` when it is not running or the system
 * cannot tell.
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
 * The fields of Linux's /proc/PID/stat from the third on. The second, the name, may contain spaces and brackets.
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
 * Whether this process, with the same start time, still runs.
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
 * Forwards termination signals to `child`. Ctrl-C in a terminal reaches every process of the foreground group, and npm forwards it a
 * second time. The child must receive it only once.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {{ patience?: number }} [options] milliseconds until a child that ignores the signal is killed; without it there is no limit
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

/** Whether the terminal sends Ctrl-C to this process and its children directly. */
function isForeground() {
  const stat = procStat("self");
  if (stat !== undefined) return stat[2] === stat[5];
  return [0, 1, 2].some((fd) => tty.isatty(fd));
}

/**
 * The exit code that a shell reports for the end of a process.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  return signal === null ? (code ?? 1) : 128 + os.constants.signals[signal];
}

const longestTail = 64 * 1024;
const straggler = 1000;
/** npm continues for a long time after an interrupt, and killing it does no further harm. */
const patience = 2000;

/**
 * @typedef {object} Outcome
 * @property {number} code what a shell would report; 127 when the program is not found
 * @property {string} output the last 64 KiB of both its streams
 * @property {NodeJS.Signals | undefined} interrupted the signal that this process received in the meantime
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
    // A grandchild that outlives a killed child keeps the streams open. Do not wait for it.
    child.once("exit", () => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, straggler).unref();
    });
    if (child.pid !== undefined) onStart?.(child.pid);
  });
}
