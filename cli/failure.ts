/** 0 success, 1 failure, 2 wrong use or invalid input, 3 mandatory policies violated. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, policyViolations: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Stable codes and the exit code of each; docs/errors.md explains them. */
export const failureCodes = {
  "bad-usage": 2,
  "files-exist": 2,
  "confirmation-missing": 2,
  "environment-protected": 2,
  "resource-protected": 2,
  "plan-changed": 2,
  "stack-missing": 2,
  "environment-busy": 2,
  "state-missing": 2,
  "state-unreadable": 2,
  "disk-full": 2,
  "file-unusable": 2,
  "passphrase-wrong": 2,
  "engine-broken": 2,
  "plugin-missing": 2,
  "credentials-missing": 2,
  "operation-pending": 2,
  "move-needed": 2,
  "cluster-unsuitable": 2,
  "existing-unsuitable": 2,
  "zones-unsuitable": 2,
  "environment-not-up": 2,
  "server-unreachable": 1,
  "deployment-failed": 1,
  "program-failed": 1,
  interrupted: 1,
} as const satisfies Record<string, ExitCode>;

export type FailureCode = keyof typeof failureCodes;

/** A failure that a user can act on: what happened and where, the cure, and the output of the tool that reported it. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;
  readonly cure: string;
  /** Unchanged output of the engine or the system; empty where there is none. */
  readonly details: string;

  constructor(code: FailureCode, message: string, cure: string, details = "") {
    super(message);
    this.code = code;
    this.cure = cure;
    this.details = details.trim();
  }

  get exitCode(): ExitCode {
    return failureCodes[this.code];
  }
}

/** How a failure is shown to people. */
export function formatFailure({ message, cure, details }: Failure): string {
  const lines = [`error: ${message}`, `  cure: ${cure}`];
  if (details !== "") lines.push("  details:", ...details.split("\n").map((line) => `    ${line}`));
  return lines.join("\n");
}
