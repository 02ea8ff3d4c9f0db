/** A process that runs programs: one, or several in turn where they say that they can be run again. */
import { spawn } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { compileCache } from "../../sdk/compile-cache.mjs";

/** What a waiting process is told: `program-start.mjs` reads it. */
export interface ProgramRun {
  /** Whether it says that it can be run again: then the process may run another program after it. */
  readonly reusable: boolean;
  /** By the names that `@pulumi/pulumi/cmd/run` has for them as flags. */
  readonly settings: {
    readonly monitor: string;
    readonly engine: string;
    readonly organization: string;
    readonly project: string;
    readonly stack: string;
    readonly pwd: string;
    readonly "root-directory": string;
    readonly parallel: string;
    readonly "dry-run": boolean;
  };
  /** The entry file or its folder. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables beside those that the process was started with. */
  readonly env: {
    /** JSON: values by key, and the keys of those that are secret. */
    readonly PULUMI_CONFIG: string;
    readonly PULUMI_CONFIG_SECRET_KEYS: string;
  };
}

export interface ProgramEnd {
  /** 0 of a process that goes on. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Program {
  /** The reusable program that it has loaded, if that was known. */
  readonly entry: string | undefined;
  /** Whether it can be given a run: it has none now, and has not ended. */
  isFree(): boolean;
  run(what: ProgramRun, onOutput: (text: string) => void): Promise<ProgramEnd>;
  kill(): void;
}

/** How many programs a process runs: what modules keep of each, in the SDK or in components, must not add up. */
const mostPrograms = 100;

/**
 * Starts a process that waits. It has a group of its own: Ctrl-C in a terminal reaches every process of the foreground group,
 * and the program must not die of it while the engine is still winding up.
 *
 * @param variables its environment
 * @param entry the entry file of a reusable program, to be loaded ahead
 */
export function startProgram(variables: NodeJS.ProcessEnv, entry?: string): Program {
  const start = fileURLToPath(new URL("program-start.mjs", import.meta.url));
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", start, ...(entry === undefined ? [] : [entry])],
    {
      env: { ...variables, ...compileCache() },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: process.platform !== "win32",
    },
  );
  let free = true;
  let programs = 0;
  let print: (text: string) => void = () => undefined;
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => print(text));
  for (const event of ["error", "exit"]) child.once(event, () => (free = false));
  return {
    entry,
    isFree: () => free && child.connected,
    kill: () => void child.kill("SIGTERM"),
    run: async (what, onOutput) => {
      free = false;
      print = onOutput;
      const { promise, resolve, reject } = Promise.withResolvers<ProgramEnd>();
      const next = () => resolve({ code: 0, signal: null });
      child.once("message", next).once("close", (code, signal) => resolve({ code, signal }));
      child.once("error", reject);
      child.send(what, () => undefined);
      const end = await promise;
      // What it printed was in the pipes before it sent the message.
      await setImmediate();
      child.removeAllListeners("message").removeAllListeners("close").off("error", reject);
      print = () => undefined;
      programs += 1;
      free = what.reusable && programs < mostPrograms;
      return end;
    },
  };
}
