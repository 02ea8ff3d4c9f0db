/** Failures of the engine's processes: killed, interrupted, or never started. */
import { Failure } from "../failure.ts";

/** A program that a signal ended, or the limit of its memory. */
export function killedProgram(stack: string, words: string): Failure | undefined {
  const signal = /program was killed by (SIG[A-Z]+)/.exec(words)?.[1];
  return signal === undefined ? undefined : killed(`the program of stack ${stack}`, signal, words);
}

export function killedPack(stack: string, signal: string, words: string): Failure {
  return killed(`the policy pack of stack ${stack}`, signal, words);
}

function killed(what: string, signal: string, words: string): Failure {
  return new Failure(
    "engine-broken",
    `${what} was killed by ${signal}`,
    signal === "SIGKILL" || signal === "SIGABRT"
      ? "run the same command again; if it is killed again, the machine may have too little memory: run fewer stacks at once with --at-once"
      : "run the same command again",
    words,
  );
}

/** A command between the runs, such as the creation of a stack, that a signal has stopped. */
export function interruptedCommand(): Failure {
  return new Failure(
    "interrupted",
    "the command was interrupted before it changed a stack",
    "run the same command again",
  );
}

/** Turns the error of a program that cannot be started into a failure that names it. */
export function engineFault(program: string): (error: unknown) => never {
  return (error) => {
    throw new Failure(
      "engine-broken",
      `the Pulumi CLI cannot be started: ${program}`,
      "remove this file and run the same command again: the set-up installs it again; or set ATOLL_PULUMI to another one",
      String(error),
    );
  };
}

/** A run whose report is not complete must not count as a success: a violated policy could be missing. */
export function unreadEvents({
  stack,
  unread,
}: {
  readonly stack: string;
  readonly unread?: string;
}): Failure | undefined {
  if (unread === undefined) return undefined;
  return new Failure(
    "engine-broken",
    `the engine ended its run of stack ${stack}, but sent events that cannot be read, so the report is not complete`,
    "run the same command again",
    unread,
  );
}

export function interruption(stack: string, operation: string): Failure {
  return operation === "preview"
    ? new Failure(
        "interrupted",
        `the preview of stack ${stack} was interrupted; nothing was changed`,
        "run the same command again",
      )
    : new Failure(
        "interrupted",
        `stack ${stack} was interrupted; its state is consistent and records completed changes`,
        "run the same command again: it continues where this run stopped",
      );
}
