/** Input and output of a command: results go to standard output, everything else to standard error. */
import { createInterface } from "node:readline/promises";
import pico from "picocolors";
import type { ExitCode } from "./failure.ts";

export interface OutputOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
  /** False with `--no-color`. */
  readonly color?: boolean;
}

export type Colors = ReturnType<typeof pico.createColors>;

export interface Io {
  readonly json: boolean;
  readonly debug: boolean;
  /** Whether progress can be redrawn. */
  readonly live: boolean;
  /** Whether the user can be asked. */
  readonly interactive: boolean;
  readonly colors: Colors;
  /** The first stops the engine gracefully, the second at once. */
  readonly interrupts: readonly AbortSignal[];
  /** Prints a line of the result; nothing with `--json`. */
  say(line: string): void;
  /** Prints a line of progress. */
  note(line: string): void;
  /** Prints the result as JSON; nothing without `--json`. */
  result(value: unknown): void;
  /** Asks a yes-or-no question; no is the default. */
  confirm(question: string): Promise<boolean>;
}

/** The action of a command. */
export type Command<Options> = (io: Io, options: Options) => Promise<ExitCode>;

/** The width below which redrawn lines would wrap. A terminal of unknown width has 0. */
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

/** Discards all output, for tests. */
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
