/** Something the user can put right: what is wrong, where, what was given, what would be right. */
export interface Problem {
  /** Where it stands, for example `Pulumi.local.aws-use1.yaml: network.zones[1]`. */
  readonly path: string;
  /** What is wrong and what would be right, in lower case, without the path. */
  readonly message: string;
  /** The value as it was given; left out where nothing was given or where it is a secret. */
  readonly got?: unknown;
}

/** Stable codes; docs/errors.md lists each with its cure. */
export type ErrorCode =
  | "manifest-invalid"
  | "footprint-invalid"
  | "project-invalid"
  | "name-invalid"
  | "child-misnamed"
  | "adjust-invalid"
  | "cidr-exhausted"
  | "reachability-unproven"
  | "environment-not-up"
  | "cluster-unsuitable"
  | "existing-unsuitable"
  | "engine-unavailable";

/**
 * An error that the user can put right. The message says what, where and the cure; no stack trace is shown for it, by the
 * `atoll` command or by plain Pulumi.
 */
export class BlueprintError extends Error {
  override readonly name = "BlueprintError";
  /** What `pulumi.RunError` carries: Pulumi then shows the message alone. Set here so that `core` need not load the SDK. */
  readonly __pulumiRunError = true;
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, message: string, problems: readonly Problem[] = []) {
    super(
      problems.length === 0 ? message : `${message}\n${problems.map(formatProblem).join("\n")}`,
    );
    this.code = code;
    this.problems = problems;
  }
}

/** An error for inside an output, where Pulumi shows the stack and not the message. */
export function withoutStack<E extends Error>(error: E): E {
  error.stack = error.message;
  return error;
}

/** One line a problem: `  - path: message (got value)`. */
export function formatProblem({ path, message, got }: Problem): string {
  return `  - ${path}: ${message}${got === undefined ? "" : ` (got ${show(got)})`}`;
}

const longestShown = 80;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}...` : text;
}
