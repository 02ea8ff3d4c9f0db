/**
 * The processes of all programs that one language host starts. A process that ended its program well waits for the next of the
 * same kind: every stack after the first finds the SDK and its components loaded.
 */
import { type Channel, channel } from "node:diagnostics_channel";
import { type Program, type ProgramEnd, type ProgramRun, startProgram } from "./program.ts";

export interface Programs {
  /**
   * Has a process ready for an engine that is about to run a program.
   *
   * @param engine whoever asks: a connection
   * @param entry the program's entry file, where it says of itself that it is reusable
   */
  prepare(engine: string, entry: string | undefined): void;
  run(engine: string, what: ProgramRun, onOutput: (text: string) => void): Promise<ProgramEnd>;
  /** Ends what runs or is ready for an engine. */
  cancel(engine: string): void;
  stop(): void;
}

/** How long a process is kept for an engine. One that gave up in between never asks for it. */
const longestWait = 60_000;

/** Told of every program that an engine asks for; measurements subscribe. */
export const programRuns: Channel = channel("atoll:program");

/** @param variables the environment of all programs */
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
      // One that died meanwhile is started again, and then says why.
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
