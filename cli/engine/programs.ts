/**
 * The program processes of a language host. After a program that succeeded, its process waits for the next one with the same entry
 * file, so every stack after the first finds the SDK and the components loaded.
 */
import { type Channel, channel } from "node:diagnostics_channel";
import { type Program, type ProgramEnd, type ProgramRun, startProgram } from "./program.ts";

export interface Programs {
  /**
   * Prepares a process for an engine that is about to run a program.
   *
   * @param engine the connection
   * @param entry the entry file of a reusable program
   */
  prepare(engine: string, entry: string | undefined): void;
  run(engine: string, what: ProgramRun, onOutput: (text: string) => void): Promise<ProgramEnd>;
  /** Stops the processes of an engine. */
  cancel(engine: string): void;
  stop(): void;
}

/** How long a prepared process is kept for an engine, which may have stopped in the meantime. */
const longestWait = 60_000;

/** Publishes every program that an engine requests; benchmarks subscribe. */
export const programRuns: Channel = channel("atoll:program");

/** @param variables the environment variables of all programs */
export function openPrograms(variables: NodeJS.ProcessEnv): Programs {
  const idle = new Set<Program>();
  const ready = new Map<string, { readonly program: Program; readonly timer: NodeJS.Timeout }>();
  const running = new Map<Program, string>();

  /** A process that has run this reusable program, or a new one. */
  const find = (entry: string | undefined): Program => {
    for (const program of idle) {
      if (!program.isFree()) idle.delete(program);
      else if (program.entry === entry) {
        idle.delete(program);
        return program;
      }
    }
    return startProgram(variables, entry);
  };
  const release = (program: Program): void => {
    if (program.entry !== undefined && program.isFree()) idle.add(program);
    else program.kill();
  };
  const take = (engine: string): Program | undefined => {
    const kept = ready.get(engine);
    clearTimeout(kept?.timer);
    ready.delete(engine);
    return kept?.program;
  };

  return {
    prepare: (engine, entry) => {
      if (ready.get(engine)?.program.isFree()) return;
      const forget = () => {
        const program = take(engine);
        if (program !== undefined) release(program);
      };
      forget();
      ready.set(engine, { program: find(entry), timer: setTimeout(forget, longestWait).unref() });
    },
    run: async (engine, what, onOutput) => {
      programRuns.publish({ stack: what.settings.stack });
      const prepared = take(engine);
      // A process that has ended is started again, and then reports its error.
      const program = prepared?.isFree()
        ? prepared
        : find(what.reusable ? what.program : undefined);
      running.set(program, engine);
      try {
        return await program.run(what, onOutput);
      } finally {
        running.delete(program);
        release(program);
      }
    },
    cancel: (engine) => {
      take(engine)?.kill();
      for (const [program, whose] of running) if (whose === engine) program.kill();
    },
    stop: () => {
      for (const engine of [...ready.keys()]) take(engine)?.kill();
      for (const program of [...idle, ...running.keys()]) program.kill();
      idle.clear();
    },
  };
}
