/**
 * The process of a program. It is started before the engine runs the program, while the engine still boots the policy pack, and
 * loads the SDK meanwhile; what it is run with comes to it afterwards.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

/** What a waiting process is told: `program-start.mjs` reads it. */
export interface ProgramRun {
  /** Flags and arguments of `@pulumi/pulumi/cmd/run`. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables beside those it was started with. */
  readonly env: Readonly<Record<string, string>>;
}

/** How long a process waits for its run. An engine that gave up in between never asks for it. */
const longestWait = 60_000;

/** What was compiled is kept between runs; apart from what others compile, as it is only good for the same flags of Node. */
const env = {
  NODE_COMPILE_CACHE: path.resolve(
    import.meta.dirname,
    "../../node_modules/.cache/node-compile/program",
  ),
} as const;

export interface Program {
  readonly process: ChildProcess;
  /** Lets the process run. Whether it could is seen by how it ends. */
  run(what: ProgramRun): void;
}

/**
 * Starts a process that waits. It has a group of its own: Ctrl-C in a terminal reaches every process of the foreground group,
 * and the program must not die of it while the engine is still winding up.
 */
export function startProgram(): Program {
  const start = new URL("program-start.mjs", import.meta.url).href;
  const child = spawn(
    process.execPath,
    [
      ...["--disable-warning=ExperimentalWarning", "--import", start],
      require.resolve("@pulumi/pulumi/cmd/run"),
    ],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: process.platform !== "win32",
    },
  );
  const unused = setTimeout(() => child.kill("SIGTERM"), longestWait);
  child.once("close", () => clearTimeout(unused));
  return {
    process: child,
    run: (what) => {
      clearTimeout(unused);
      child.send(what, () => {});
    },
  };
}
