/** A process that runs one program, or several reusable ones in turn. */
import { spawn } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { compileCache } from "../../sdk/compile-cache.mjs";

/** The message to a waiting process, read by `program-start.mjs`. */
export interface ProgramRun {
  /** Whether the process may run another program after it. */
  readonly reusable: boolean;
  /** By the flags of `@pulumi/pulumi/cmd/run`. */
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
  /** Additional environment variables. */
  readonly env: {
    /** JSON: values by key, and the keys of secrets. */
    readonly PULUMI_CONFIG: string;
    readonly PULUMI_CONFIG_SECRET_KEYS: string;
  };
}

export interface ProgramEnd {
  /** 0 for a process that can run another program. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Program {
  /** The reusable program that it has loaded. */
  readonly entry: string | undefined;
  /** Whether it is idle and has not ended. */
  isFree(): boolean;
  run(what: ProgramRun, onOutput: (text: string) => void): Promise<ProgramEnd>;
  kill(): void;
}

/** How many programs a process runs. The limit bounds the memory that modules keep of each program: some MiB of a tenant. */
const mostPrograms = 50;

/**
 * Starts a process that waits for a program. It has its own process group, so that Ctrl-C in a terminal does not end the program
 * while the engine is still stopping.
 *
 * @param variables its environment
 * @param entry the entry file of a reusable program, loaded in advance
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
      // Its output was in the pipes before it sent the message.
      await setImmediate();
      child.removeAllListeners("message").removeAllListeners("close").off("error", reject);
      print = () => undefined;
      programs += 1;
      free = what.reusable && programs < mostPrograms;
      return end;
    },
  };
}
