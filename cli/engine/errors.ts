/** Turns the engine's failures into one sentence each, with the cure and the engine's own output. */
import {
  type ProgramCode,
  programCodeIn,
  withoutProgramCodes,
} from "../../components/core/errors.ts";
import { environmentOf } from "../../footprint/files/config-files.ts";
import { Failure, type FailureCode } from "../failure.ts";
import { type Diagnostic, plainText, shortName } from "./events.ts";
import type { StackResult } from "./run.ts";
import type { Ended } from "./spawn.ts";

interface Known {
  readonly pattern: RegExp;
  readonly code: FailureCode;
  readonly message: (stack: string, match: RegExpExecArray) => string;
  readonly cure: (stack: string, match: RegExpExecArray) => string;
}

/** The message and cure of an error of a stack's program. */
interface OfProgram {
  readonly message: (stack: string) => string;
  readonly cure: (stack: string) => string;
}

/** The first match wins, so specific patterns come before general ones. */
const known: readonly Known[] = [
  {
    pattern: /PULUMI_ACCESS_TOKEN must be set|not logged in|\[401\]/,
    code: "credentials-missing",
    message: () => "there is no login to the backend that holds the state",
    cure: () => "sign in with `pulumi login`, or name the backend in PULUMI_BACKEND_URL",
  },
  {
    pattern: /incorrect passphrase/,
    code: "passphrase-wrong",
    message: (stack) => `the state of stack ${stack} was encrypted with another passphrase`,
    cure: () =>
      "set PULUMI_CONFIG_PASSPHRASE to the passphrase that the state was created with; unset it for a rehearsal that was created without one",
  },
  {
    pattern: /passphrase must be set|PULUMI_CONFIG_PASSPHRASE_FILE/,
    code: "passphrase-wrong",
    message: (stack) => `stack ${stack} needs its passphrase, and none is set`,
    cure: () => "set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE",
  },
  {
    pattern:
      /the stack is currently locked by(?:.*\n.*created by ([^\n]+))?|Another update is currently in progress/,
    code: "environment-busy",
    message: (stack, [, holder]) => `stack ${stack} is in use by ${holder ?? "another run"}`,
    cure: (stack) =>
      `wait for it to end; if its process has ended, release the stack with \`npx atoll pulumi -- cancel --stack ${stack} --yes\``,
  },
  {
    pattern: /no stack named '([^']+)' found/,
    code: "stack-missing",
    message: (stack) => `stack ${stack} does not exist yet`,
    cure: (stack) => `deploy its environment first: npx atoll up ${environmentOf(stack)}`,
  },
  {
    pattern:
      /(?:no resource plugin|could not (?:find|load) plugin|failed to load resource plugin)[^\n]*?(aws|gcp|kubernetes)/,
    code: "plugin-missing",
    message: (stack, match) =>
      `stack ${stack} needs the provider plugin "${match[1]}", which is not installed`,
    cure: (_stack, match) => `install it with \`pulumi plugin install resource ${match[1]}\``,
  },
  {
    pattern:
      /no valid credential sources|NoCredentialProviders|could not find default credentials|No valid credential|ExpiredToken|InvalidClientTokenId|failed to refresh cached credentials/,
    code: "credentials-missing",
    message: (stack) => `stack ${stack} has no valid credentials for its cloud`,
    cure: () => "sign in to the cloud again; `npx atoll doctor` shows which credentials are found",
  },
  {
    pattern:
      /(?:failed to load checkpoint|could not deserialize|invalid checkpoint|unmarshal\w* (?:the )?(?:checkpoint|deployment)|snapshot integrity failure)[^\n]*/,
    code: "state-unreadable",
    message: (stack) => `the state of stack ${stack} cannot be read`,
    cure: () => "restore the state file from its .bak file or from a backup",
  },
  {
    pattern: /rpc error: code = Unavailable/,
    code: "server-unreachable",
    message: (stack) =>
      `the engine lost the connection to a server that it needs for stack ${stack}`,
    cure: () => "run the same command again",
  },
];

/** The errors of a stack's program. */
const ofPrograms: Readonly<Record<ProgramCode, OfProgram>> = {
  "cluster-unsuitable": {
    message: (stack) => `the cluster of stack ${stack} does not match its manifest`,
    cure: () => "upgrade the cluster or install what is listed below, or correct the manifest",
  },
  "existing-unsuitable": {
    message: (stack) => `what stack ${stack} refers to as existing is not what it needs`,
    cure: () => "correct the reference in the manifest, or change what exists as each line says",
  },
  "environment-not-up": {
    message: (stack) =>
      `stack ${stack} needs its environment or another cell, which is not deployed or not up to date`,
    cure: (stack) => `npx atoll up ${environmentOf(stack)}`,
  },
};

/** The failure of a plain command of the engine. */
export function failureOf(stack: string, ended: Ended): Failure {
  const words = plainText(`${ended.stderr}\n${ended.stdout}`);
  return knownFailure(stack, words) ?? killedOr(stack, ended, words);
}

/** The failure of a run; `undefined` when it succeeded, or when nothing but policies failed it. */
export function failureOfRun(result: StackResult, interrupted: boolean): Failure | undefined {
  if (result.succeeded) return undefined;
  const { stack, progress, ended, operation } = result;
  const errors = progress.diagnostics.filter(
    ({ severity, message }) => severity === "error" && !consequences.test(message),
  );
  const alike = Map.groupBy(errors, ({ urn, message }) => (isStack(urn) ? "" : message) || urn);
  const words = [...alike.values()].flatMap((group) => wordsOf(group));
  const all = withoutTrace(
    [...words, plainText(ended.stderr)].filter((text) => text !== "").join("\n"),
  );
  if (interrupted) return interruption(stack, operation);
  const failure = knownFailure(stack, all);
  if (failure) return failure;
  if (progress.violations.some(({ level }) => level === "mandatory")) return undefined;
  const [program] = errors.filter(({ urn }) => isStack(urn));
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

function interruption(stack: string, operation: StackResult["operation"]): Failure {
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

function knownFailure(stack: string, words: string): Failure | undefined {
  const ours = programCodeIn(words);
  if (ours) {
    const { message, cure } = ofPrograms[ours];
    return new Failure(ours, message(stack), cure(stack), withoutProgramCodes(words));
  }
  for (const { pattern, code, message, cure } of known) {
    const match = pattern.exec(words);
    if (match) return new Failure(code, message(stack, match), cure(stack, match), words);
  }
  return undefined;
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
