/** Turns the engine's failures into one sentence each, with the cure and the engine's own output. */
import { Failure } from "../failure.ts";
import { diskFull, freeBytes } from "./disk.ts";
import { interruption, killedPack, killedProgram, unreadEvents } from "./engine-failures.ts";
import { type Diagnostic, plainText, shortName } from "./events.ts";
import { knownFailure } from "./known-failures.ts";
import type { StackResult } from "./run.ts";
import type { Ended } from "./spawn.ts";

/** The failure of a plain command of the engine. */
export function failureOf(stack: string, ended: Ended): Failure {
  const words = plainText(`${ended.stderr}\n${ended.stdout}`);
  return knownFailure(stack, words) ?? killedOr(stack, ended, words);
}

/** The failure of a run; `undefined` when it succeeded, or when nothing but policies failed it. */
export function failureOfRun(result: StackResult, interrupted: boolean): Failure | undefined {
  if (result.succeeded) return unreadEvents(result);
  const { stack, progress, ended, operation } = result;
  const errors = progress.diagnostics.filter(
    ({ severity, message }) => severity === "error" && !consequences.test(message),
  );
  const alike = Map.groupBy(errors, ({ urn, message }) => (isStack(urn) ? "" : message) || urn);
  const words = [...alike.values()].flatMap((group) => wordsOf(group));
  const all = withoutTrace(
    [...words, plainText(ended.stderr)].filter((text) => text !== "").join("\n"),
  );
  if (result.full !== undefined) return diskFull(result.full, freeBytes(result.full));
  if (interrupted) return interruption(stack, operation);
  if (result.packKilled !== undefined) return killedPack(stack, result.packKilled, all);
  const failure = knownFailure(stack, all);
  if (failure) return failure;
  if (progress.violations.some(({ level }) => level === "mandatory")) return undefined;
  const [program] = errors.filter(({ urn }) => isStack(urn));
  const killed = killedProgram(stack, program?.message ?? all);
  if (killed) return killed;
  const resources = errors.filter(({ urn }) => !isStack(urn));
  if (resources.length > 0)
    return resourceFailure(
      result,
      resources.map(({ urn }) => urn),
      withoutTrace(words.join("\n")),
    );
  if (program) {
    return new Failure(
      "program-failed",
      `stack ${stack} failed in its program: ${firstLine(program.message.replace(unexpected, ""))}`,
      "fix the error; no resource was registered after it",
      withoutTrace(words.join("\n")),
    );
  }
  return killedOr(stack, ended, all);
}

/** Merges equal messages of several resources into one, with their names. */
function wordsOf(group: readonly Diagnostic[]): string[] {
  const [first] = group;
  if (first === undefined) return [];
  if (isStack(first.urn)) return group.map(({ message }) => message);
  return [`${namesOf(group.map(({ urn }) => urn))}: ${first.message}`];
}

/** At most three, and how many more there are. */
export function namesOf(urns: readonly string[]): string {
  const names = [...new Set(urns.map(shortName))];
  return names.slice(0, 3).join(", ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");
}

/** The prefix of an unhandled exception. */
const unexpected = /^Running program '[^\n]*' failed with an unhandled exception:\n/;

/** Removes the lines of stack traces, which the engine's full output shows. */
function withoutTrace(words: string): string {
  return words
    .split("\n")
    .filter((line) => !/^\s+at .*(?::\d+:\d+|<anonymous>|index \d+)\)?(?: \{)?$/.test(line))
    .join("\n");
}

/** What the engine prints for every failed run, whatever the reason. */
const consequences = /^(preview|update|destroy|refresh) failed$|context canceled$/;

function resourceFailure(
  { stack, operation }: Pick<StackResult, "stack" | "operation">,
  urns: readonly string[],
  words: string,
): Failure {
  const names = namesOf(urns);
  return operation === "preview"
    ? new Failure(
        "deployment-failed",
        `the preview of stack ${stack} failed at ${names}; nothing was changed`,
        "fix the errors below and run the same command again",
        words,
      )
    : new Failure(
        "deployment-failed",
        `stack ${stack} failed at ${names}`,
        "fix the errors below and run the same command again: it keeps completed changes",
        words,
      );
}

function killedOr(stack: string, { code, signal }: Ended, words: string): Failure {
  if (signal !== null) {
    return new Failure(
      "engine-broken",
      `the engine was killed by ${signal} while it ran stack ${stack}`,
      "run the same command again: it clears what the killed run left and continues",
      words,
    );
  }
  return new Failure(
    "deployment-failed",
    `the engine ended with exit code ${code} for stack ${stack}`,
    "read its output below; --debug shows all of it",
    words,
  );
}

/** Whether a diagnostic is about the whole stack, as an error of its program is. */
function isStack(urn: string): boolean {
  return urn === "" || urn.includes("::pulumi:pulumi:Stack::");
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
