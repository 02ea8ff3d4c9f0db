/** Failures that are recognised in the engine's output: by codes in errors of programs, by the words of the engine and the clouds. */
import {
  type ProgramCode,
  programCodeIn,
  withoutProgramCodes,
} from "../../components/core/errors.ts";
import { environmentOf } from "../../footprint/files/config-files.ts";
import { Failure, type FailureCode } from "../failure.ts";
import { diskFull, freeBytes, unrecordedAt } from "./disk.ts";

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
    pattern: /argument list too long/,
    code: "deployment-failed",
    message: (stack) =>
      `the config of stack ${stack} is larger than what the system passes to a program, 128 KiB on Linux`,
    cure: () => "make its manifest smaller, or let atoll serve programs: unset ATOLL_PLAIN",
  },
  {
    pattern: /database disk image is malformed|file is not a database/,
    code: "state-unreadable",
    message: (stack) =>
      `the embedded cloud cannot be read: its file cloud.db is damaged, as a run of stack ${stack} found`,
    cure: () =>
      "restore the file, or discard the rehearsal by removing its folder: it holds nothing real",
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
  "move-needed": {
    message: (stack) =>
      `stack ${stack} has data that its manifest would delete; nothing was changed`,
    cure: () => "move the tenant as each line says, or restore the manifest",
  },
  "cluster-unsuitable": {
    message: (stack) => `the cluster of stack ${stack} does not match its manifest`,
    cure: () => "upgrade the cluster or install what is listed below, or correct the manifest",
  },
  "existing-unsuitable": {
    message: (stack) => `an existing resource of stack ${stack} does not meet its requirements`,
    cure: () => "correct the reference in the manifest, or change the resource as each line says",
  },
  "zones-unsuitable": {
    message: (stack) => `stack ${stack} has resources that cannot follow its zones`,
    cure: () => "correct the manifest as each line says; docs/zones.md explains what can change",
  },
  "environment-not-up": {
    message: (stack) =>
      `stack ${stack} needs its environment or another cell, which is not deployed or not up to date`,
    cure: (stack) => `npx atoll up ${environmentOf(stack)}`,
  },
};

/** The failure that the output is about; undefined for an unknown one. */
export function knownFailure(stack: string, words: string): Failure | undefined {
  const full = unrecordedAt(words);
  if (full !== undefined) return diskFull(full, freeBytes(full));
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
