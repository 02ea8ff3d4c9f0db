/** Runs an operation over the stacks of an environment, in order, and collects a report of each. */
import { Failure } from "../failure.ts";
import { atOnceFor } from "./at-once.ts";
import { failureOf, failureOfRun } from "./errors.ts";
import { type Counts, changedBy, type Follower, type Violation } from "./events.ts";
import { type Node, type Outcome, reversed, runInOrder } from "./graph.ts";
import { lossOf, protectedIn, unagreedLossOf } from "./protection.ts";
import { type Operation, runStack, type StackResult } from "./run.ts";
import type { Session } from "./session.ts";

export interface StackReport {
  readonly stack: string;
  readonly status: "done" | "failed" | "skipped";
  readonly counts: Counts;
  readonly violations: readonly Violation[];
  readonly seconds: number;
  /** Why it failed or was skipped; absent where only policies failed it. */
  readonly failure?: Failure;
  readonly result?: StackResult;
}

/** Receives the progress of a run. */
export interface Listener {
  started(stack: string): void;
  event(stack: string, follower: Follower): void;
  output(stack: string, text: string): void;
  ended(report: StackReport): void;
}

export interface Deployment {
  readonly operation: Operation;
  readonly stacks: readonly Node[];
  /** How many stacks run at the same time. @default see at-once.ts */
  readonly atOnce?: number;
  readonly set?: Readonly<Record<string, string>>;
  /** Whether the state is compared with the clouds first. */
  readonly refresh?: boolean;
  /** The confirmed previews, by stack: only what they show may be replaced or deleted. */
  readonly agreed?: ReadonlyMap<string, StackResult>;
  /** Whether policies are evaluated. @default true */
  readonly judged?: boolean;
  /** Whether mandatory policies only report. @default false */
  readonly reportOnly?: boolean;
  readonly onStart?: (pid: number) => void;
}

const none: Counts = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 };

/** Runs the operation on every stack whose dependencies succeed; `destroy` runs in reverse order. */
export async function deploy(
  session: Session,
  { operation, stacks, atOnce, set, refresh, agreed, judged, reportOnly, onStart }: Deployment,
  listener: Listener,
): Promise<StackReport[]> {
  const order = operation === "destroy" ? reversed(stacks) : stacks;
  const changed = new Set<string>();
  const runOne = async (stack: string): Promise<StackReport> => {
    if (isInterrupted(session)) throw interruptedBefore(stack);
    listener.started(stack);
    const following = {
      stack,
      onEvent: (follower: Follower) => listener.event(stack, follower),
      onOutput: (text: string) => listener.output(stack, text),
      ...(set ? { set } : {}),
      ...(refresh === undefined ? {} : { refresh }),
      ...(judged === undefined ? {} : { judged }),
      ...(reportOnly === undefined ? {} : { reportOnly }),
      ...(onStart ? { onStart } : {}),
    };
    const shown = agreed?.get(stack);
    const stale = order.some(
      ({ name, needs }) => name === stack && needs.some((it) => changed.has(it)),
    );
    // The engine deletes unprotected resources before it fails at a protected one.
    const foreseen =
      operation === "up" && (await mustForesee(session, stack, shown, stale))
        ? await runStack(session, { ...following, operation: "preview" })
        : shown;
    const refused = foreseen && (lossOf(foreseen) ?? unagreedLossOf(foreseen, shown));
    const result =
      foreseen && (refused || !foreseen.succeeded)
        ? unchanged(foreseen)
        : await runStack(session, { ...following, operation });
    if (changedBy(result.progress.counts) > 0) changed.add(stack);
    const failure =
      refused ??
      (operation === "preview" ? lossOf(result) : undefined) ??
      failureOfRun(result, isInterrupted(session));
    const report = reportOf(result, failure);
    listener.ended(report);
    // Policies that only report do not stop a deployment, and so not the stacks that depend on it.
    if (report.status === "failed" && (failure || !result.succeeded || !reportOnly))
      throw new NotDone(report);
    return report;
  };
  const outcomes = await runInOrder(order, runOne, atOnce ?? atOnceFor(order.length));
  return stacks.flatMap(({ name }) => {
    const outcome = outcomes.get(name);
    return outcome ? [settled(name, outcome, listener)] : [];
  });
}

/** Creates stacks in the backend, so that they can be previewed and other stacks can refer to them. */
export async function makeStacks(session: Session, stacks: readonly string[]): Promise<void> {
  const make = async (stack: string): Promise<void> => {
    session.target.configFor(stack);
    const provider = session.target.secretsProviderFor(stack);
    const chosen = provider === undefined ? [] : ["--secrets-provider", provider];
    const ended = await session.pulumi(["stack", "init", stack, "--no-select", ...chosen]);
    if (ended.code !== 0 && !/already exists/.test(ended.stderr)) throw failureOf(stack, ended);
  };
  const nodes = stacks.map((name) => ({ name, needs: [] }));
  const outcomes = await runInOrder(nodes, make, atOnceFor(nodes.length));
  for (const outcome of outcomes.values()) if (outcome.status === "failed") throw outcome.error;
}

/**
 * Whether an update needs a preview of its own: it could delete protected resources, or its plan is older than a change of a stack
 * that it reads. An empty stack has nothing to lose.
 */
async function mustForesee(
  session: Session,
  stack: string,
  shown: StackResult | undefined,
  stale: boolean,
): Promise<boolean> {
  if (shown === undefined) return (await protectedIn(session, stack)).length > 0;
  const { unchanged, updated, replaced, deleted } = shown.progress.counts;
  return stale && unchanged + updated + replaced + deleted > 0;
}

/** The result of an update that did not start, because its preview failed or was refused. */
function unchanged(foreseen: StackResult): StackResult {
  return { ...foreseen, progress: { ...foreseen.progress, counts: none, changes: [] } };
}

/** Carries the report of a failed stack through the graph. */
class NotDone extends Error {
  readonly report: StackReport;

  constructor(report: StackReport) {
    super(`${report.stack} ${report.status}`);
    this.report = report;
  }
}

function reportOf(result: StackResult, failure: Failure | undefined): StackReport {
  const { stack, progress, seconds } = result;
  const refused = progress.violations.some(({ level }) => level === "mandatory");
  return {
    stack,
    status: failure || refused || !result.succeeded ? "failed" : "done",
    counts: progress.counts,
    violations: progress.violations,
    seconds,
    result,
    ...(failure ? { failure } : {}),
  };
}

function settled(stack: string, outcome: Outcome<StackReport>, listener: Listener): StackReport {
  if (outcome.status === "done") return outcome.result;
  if (outcome.status === "failed" && outcome.error instanceof NotDone) return outcome.error.report;
  const blank = { stack, counts: none, violations: [], seconds: 0 };
  const report: StackReport =
    outcome.status === "skipped"
      ? { ...blank, status: "skipped", failure: skippedBecause(stack, outcome.because) }
      : { ...blank, status: "failed", failure: asFailure(stack, outcome.error) };
  listener.ended(report);
  return report;
}

function asFailure(stack: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw new Error(`stack ${stack} could not be run`, { cause: error });
}

function skippedBecause(stack: string, because: string): Failure {
  return new Failure(
    "deployment-failed",
    `stack ${stack} was skipped, because ${because} failed`,
    `fix the errors of ${because} and run the same command again`,
  );
}

function interruptedBefore(stack: string): Failure {
  return new Failure(
    "interrupted",
    `stack ${stack} was not started before the interruption`,
    "run the same command again: it continues where this run stopped",
  );
}

function isInterrupted(session: Session): boolean {
  return session.interrupts.some(({ aborted }) => aborted);
}
