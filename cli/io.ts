/** How a command talks to whoever started it: results on standard output, everything else on standard error. */
import { createInterface } from "node:readline/promises";
import pico from "picocolors";
import type { ExitCode } from "./failure.ts";

export interface OutputOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
  /** False by `--no-color`. */
  readonly color?: boolean;
}

export type Colors = ReturnType<typeof pico.createColors>;

export interface Io {
  readonly json: boolean;
  readonly debug: boolean;
  /** Whether progress can be redrawn in place. */
  readonly live: boolean;
  /** Whether somebody can be asked. */
  readonly interactive: boolean;
  readonly colors: Colors;
  /** The first asks to wind up, the second to give up. */
  readonly interrupts: readonly AbortSignal[];
  /** A line of the result for people; nothing with `--json`. */
  say(line: string): void;
  /** A line about what is being done. */
  note(line: string): void;
  /** The result for programs; nothing without `--json`. */
  result(value: unknown): void;
  /** Asks a yes-or-no question; no is the default. */
  confirm(question: string): Promise<boolean>;
}

/** What a command's action is. */
export type Command<Options> = (io: Io, options: Options) => Promise<ExitCode>;

/** Columns below which lines that are redrawn would wrap; a terminal that does not know its width has 0. */
const neededColumns = 60;

function hasRoom({ isTTY, columns }: NodeJS.WriteStream): boolean {
  return isTTY === true && columns >= neededColumns;
}

export function standardIo(options: OutputOptions, interrupts: readonly AbortSignal[]): Io {
  const json = options.json === true;
  const color = options.color !== false && pico.isColorSupported && process.stdout.isTTY === true;
  return {
    json,
    debug: options.debug === true,
    live: hasRoom(process.stderr) && !json && options.debug !== true && process.env.TERM !== "dumb",
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true && !json,
    colors: pico.createColors(color),
    interrupts,
    say: (line) => void (json || process.stdout.write(`${line}\n`)),
    note: (line) => void process.stderr.write(`${line}\n`),
    result: (value) => void (json && process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)),
    confirm: async (question) => {
      const reader = createInterface({ input: process.stdin, output: process.stderr });
      try {
        const [signal] = interrupts;
        const answer = await reader.question(`${question} [y/N] `, signal ? { signal } : {});
        return /^y(es)?$/i.test(answer.trim());
      } finally {
        reader.close();
      }
    },
  };
}

/** For runs that nobody watches, as in tests. */
export const silentIo: Io = {
  json: false,
  debug: false,
  live: false,
  interactive: false,
  colors: pico.createColors(false),
  interrupts: [],
  say: () => undefined,
  note: () => undefined,
  result: () => undefined,
  confirm: () => Promise.resolve(false),
};
