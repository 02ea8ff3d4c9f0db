import { spawn } from "node:child_process";

export interface Ended {
  /** Exit code; `null` when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of its output. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface SpawnOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Each abort sends SIGINT: the engine stops gracefully at the first and at once at the second. */
  readonly interrupts?: readonly AbortSignal[];
  /** Kills the process, which cannot end what it does. */
  readonly kill?: AbortSignal;
  readonly onOutput?: (text: string) => void;
  readonly onStart?: (pid: number) => void;
}

/** The limit of the output that is kept of a process: enough for any message. */
const keptCharacters = 1_000_000;

/**
 * Runs a program to its end, in its own process group. Ctrl-C in a terminal then reaches it once, through `interrupts`. A second
 * signal, from the terminal, would make the engine stop at once.
 */
export function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    const kept = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        kept[stream] = (kept[stream] + text).slice(-keptCharacters);
        options.onOutput?.(text);
      });
    }
    const interrupt = () => child.kill("SIGINT");
    const kill = () => child.kill("SIGKILL");
    options.kill?.addEventListener("abort", kill, { once: true });
    const interrupts = options.interrupts ?? [];
    for (const signal of interrupts) {
      if (signal.aborted) interrupt();
      else signal.addEventListener("abort", interrupt, { once: true });
    }
    if (child.pid !== undefined) options.onStart?.(child.pid);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      options.kill?.removeEventListener("abort", kill);
      for (const each of interrupts) each.removeEventListener("abort", interrupt);
      resolve({ code, signal, ...kept });
    });
  });
}
