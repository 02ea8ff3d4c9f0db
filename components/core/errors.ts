/** A problem that the user can fix: what is wrong, where, the given value, and the fix. */
export interface Problem {
  /** Where it is, for example `Pulumi.local.aws-use1.yaml: network.zones[1]`. */
  readonly path: string;
  /** The problem and its fix, in lower case, without the path. */
  readonly message: string;
  /** The given value; omitted when there is none or when it is a secret. */
  readonly got?: unknown;
}

/** Stable codes; docs/errors.md lists each with its fix. */
export type ErrorCode =
  | "manifest-invalid"
  | "footprint-invalid"
  | "change-impossible"
  | "move-needed"
  | "project-invalid"
  | "name-invalid"
  | "child-misnamed"
  | "adjust-invalid"
  | "cidr-exhausted"
  | "reachability-unproven"
  | "environment-not-up"
  | "cluster-unsuitable"
  | "existing-unsuitable"
  | "zones-unsuitable"
  | "engine-unavailable";

/** The codes that a stack's program finds, and not the check of its manifests. */
export const programCodes = [
  "move-needed",
  "environment-not-up",
  "cluster-unsuitable",
  "existing-unsuitable",
  "zones-unsuitable",
] as const satisfies readonly ErrorCode[];

export type ProgramCode = (typeof programCodes)[number];

/** The engine passes on only the message of a program's error, so the message ends with the code. */
function markOf(code: ErrorCode): string {
  return programCodes.some((known) => known === code) ? `\n[atoll: ${code}]` : "";
}

/** The code of a program's error in the engine's output, if there is one. */
export function programCodeIn(output: string): ProgramCode | undefined {
  return programCodes.find((code) => output.includes(markOf(code).trim()));
}

/** The engine's output without the codes of programs' errors. */
export function withoutProgramCodes(output: string): string {
  return programCodes.reduce(
    (text, code) => text.replaceAll(new RegExp(`\\s*\\[atoll: ${code}\\]`, "g"), ""),
    output,
  );
}

/**
 * An error that the user can fix. The message contains the problem, its location and the fix; neither the `atoll` command nor
 * plain Pulumi shows a stack trace for it.
 */
export class BlueprintError extends Error {
  override readonly name = "BlueprintError";
  /** The marker of `pulumi.RunError`: Pulumi then shows only the message. Set here so that `core` does not load the SDK. */
  readonly __pulumiRunError = true;
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];
  /** The message without the problems. */
  readonly summary: string;

  constructor(code: ErrorCode, message: string, problems: readonly Problem[] = []) {
    super([message, ...listed(problems)].join("\n") + markOf(code));
    this.code = code;
    this.summary = message;
    this.problems = problems;
  }
}

/** How many problems a message lists. */
const mostListed = 100;

function listed(problems: readonly Problem[]): string[] {
  const more = problems.length - mostListed;
  return [
    ...problems.slice(0, mostListed).map(formatProblem),
    ...(more > 0 ? [`  - and ${more} more problems`] : []),
  ];
}

/** For errors thrown inside an output, where Pulumi shows the stack instead of the message. */
export function withoutStack<E extends Error>(error: E): E {
  error.stack = error.message;
  return error;
}

/** One line per problem: `  - path: message (got value)`. */
export function formatProblem({ path, message, got }: Problem): string {
  return `  - ${shortened(path, longestPath)}: ${message}${got === undefined ? "" : ` (got ${show(got)})`}`;
}

const longestShown = 80;
const longestPath = 300;

function show(value: unknown): string {
  return shortened(JSON.stringify(value) ?? String(value), longestShown);
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
