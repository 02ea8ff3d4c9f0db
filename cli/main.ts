/** The `atoll` command. */
import { BlueprintError } from "../components/core/errors.ts";
import { type ExitCode, exitCodes, Failure, formatFailure } from "./failure.ts";
import { buildProgram, CommanderError } from "./program.ts";
import { systemFailure } from "./system-failure.ts";

const interrupts = [new AbortController(), new AbortController()];
let received = 0;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    const next = interrupts[received++];
    if (next === undefined) process.exit(exitCodes.failed);
    process.stderr.write(
      received === 1
        ? "\ninterrupted: waiting for operations in progress; press Ctrl-C again to stop at once\n"
        : "\nstopping at once: the next run cleans up operations in progress\n",
    );
    next.abort();
  });
}

// Output that cannot be written must not end a run half-way: further output is dropped. A reader that closes the pipe, as `| head`
// does, is no failure; a full disk is.
let unwritten = false;
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || unwritten) return;
    unwritten = true;
    const name = stream === process.stdout ? "output" : "error output";
    process.stderr.write(
      `error: the ${name} cannot be written: ${error.message}\n  cure: send it to a terminal, or to a file on a disk with space; the command itself continues\n`,
    );
  });
process.on("exit", (code) => {
  if (unwritten && code === exitCodes.done) process.exitCode = exitCodes.failed;
});

const args = process.argv.slice(2);
const program = buildProgram({
  interrupts: interrupts.map(({ signal }) => signal),
  ended: (code) => {
    process.exitCode = code;
  },
});
try {
  if (args.length === 0) program.outputHelp();
  else await program.parseAsync(args, { from: "user" });
} catch (error) {
  process.exitCode = report(error);
}

/** Prints the error and returns the exit code. */
function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    const message = error.message.replace(/^error: /, "");
    const cure =
      "run `npx atoll --help` for the commands, `npx atoll <command> --help` for the options of one";
    return report(new Failure("bad-usage", message, cure));
  }
  if (args.includes("--debug") && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  const known = asKnown(error);
  if (args.includes("--json")) {
    const { code, message, cure, details, exitCode } = known;
    process.stdout.write(
      `${JSON.stringify({ exitCode, error: { code, message, cure, details } }, null, 2)}\n`,
    );
  } else {
    process.stderr.write(`${known.text}\n`);
  }
  return known.exitCode;
}

interface Known {
  readonly code: string;
  readonly message: string;
  readonly cure: string;
  readonly details: string;
  readonly exitCode: ExitCode;
  readonly text: string;
}

function asKnown(error: unknown): Known {
  const failure = error instanceof Failure ? error : systemFailure(error);
  if (failure !== undefined) {
    const { code, message, cure, details, exitCode } = failure;
    return { code, message, cure, details, exitCode, text: formatFailure(failure) };
  }
  if (error instanceof BlueprintError) {
    const { code, message } = error;
    return {
      code,
      message,
      cure: "",
      details: "",
      exitCode: exitCodes.wrongUse,
      text: `error: ${message}`,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  const cure = "this is a bug in atoll: run the command again with --debug and report its output";
  return {
    code: "internal",
    message,
    cure,
    details: "",
    exitCode: exitCodes.failed,
    text: `error: ${message}\n  cure: ${cure}`,
  };
}
