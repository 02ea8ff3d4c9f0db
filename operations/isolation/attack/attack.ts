/** An attack of one tenant on another one, as data. None changes or deletes anything if it succeeds. */
import type { PlaneName } from "../model.ts";

export interface Attack {
  /** `rbac-secrets-of-tenant-birch-app` */
  readonly id: string;
  readonly plane: PlaneName;
  /** What is tried: `read secrets of tenant-birch-app`. */
  readonly what: string;
  /** Whose identity it is tried with. */
  readonly as: string;
  /** The command as arguments, which no shell reads. `{address}` is the output of `find`. */
  readonly run: readonly string[];
  /** Finds what the command needs of the real cell; without output there is nothing to attack. @default nothing */
  readonly find?: readonly string[];
  /** A pattern of the output of a refusal. */
  readonly refused: string;
  /** Whether the tool can end with 0 after a refusal. @default false */
  readonly endsWell?: true;
  /** A pattern of output that is a success although the command fails. @default none: it succeeds with exit code 0 */
  readonly succeeded?: string;
  /** How the result is read, and what the command needs besides rights. */
  readonly reads: string;
}

export const outcomes = ["refused", "succeeded", "unclear"] as const;
export type Outcome = (typeof outcomes)[number];

export interface Ran {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly output: string;
}

/**
 * A command that succeeds is a path. One that fails is a refusal only if it says so: without a network, a tool or the rights of the
 * caller it fails as well, and proves nothing.
 */
export function outcomeOf(attack: Attack, { code, output }: Ran): Outcome {
  const says = (pattern: string | undefined) =>
    pattern !== undefined && new RegExp(pattern, "i").test(output);
  if (attack.endsWell && says(attack.refused)) return "refused";
  if (code === 0 || says(attack.succeeded)) return "succeeded";
  return says(attack.refused) ? "refused" : "unclear";
}

/** The command with what was found. */
export function completed({ run }: Attack, address: string): string[] {
  return run.map((argument) => argument.replaceAll("{address}", address));
}
