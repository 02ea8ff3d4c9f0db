/** Common settings of queues on all clouds, and checks across fields. */
import { z } from "zod";
import { type Duration, goDurationOf, seconds } from "../core/units.ts";

export const queueTypes = ["standard", "fifo"] as const;
export type QueueType = (typeof queueTypes)[number];

/** The dead letters of the queue `orders` have the name `orders-dead-letters`. */
export const deadLettersSuffix = "dead-letters";

/** The key of a queue, which is part of its name and of its resource names. */
export function queueKey() {
  return z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/, {
      error: "must be a key of 1 to 30 lower case letters, digits and hyphens",
    })
    .refine((key) => !key.endsWith(`-${deadLettersSuffix}`), {
      error: `must not end with "-${deadLettersSuffix}": every queue has dead letters under that name`,
    });
}

/** `fifo` keeps the order of messages of the same message group (SQS) or ordering key (Pub/Sub). */
export const typeField = z.enum(queueTypes).default("standard");

/** The default retention of dead letters. */
export const deadLetterRetention: Duration = "14 days";

/** A setting that only another cloud supports. */
export function unsupported(reason: string) {
  return z.undefined({ error: `must be omitted: ${reason}` }).optional();
}

/** A problem, with its path below the queue. */
export interface QueueProblem {
  readonly path: readonly string[];
  readonly message: string;
  readonly got: unknown;
}

interface Lifetimes {
  readonly retention: Duration;
  readonly deadLetters: { readonly attempts: number; readonly retention: Duration };
}

/**
 * A message that expires before its last delivery is lost without becoming a dead letter.
 *
 * @param taken seconds that all deliveries take without an acknowledgement
 * @param shorten the settings that reduce it
 */
export function lifetimeProblems(
  { retention, deadLetters }: Lifetimes,
  taken: number,
  shorten: string,
): QueueProblem[] {
  if (taken < seconds(retention)) return [];
  return [
    {
      path: ["retention"],
      message: `must be longer than ${goDurationOf(taken)}, the duration of ${deadLetters.attempts} unacknowledged deliveries, or messages expire before they become dead letters; or reduce ${shorten}`,
      got: retention,
    },
  ];
}

/** The required order of the retention of dead letters and of the queue. */
interface Comparison {
  /** Whether the retention of dead letters is valid for the retention of the queue, both in seconds. */
  readonly fits: (dead: number, source: number) => boolean;
  readonly dead: string;
  readonly source: string;
  readonly why: string;
}

export const atLeast: Comparison = {
  fits: (dead, source) => dead >= source,
  dead: "at least",
  source: "at most",
  why: "",
};

/** Dead letters that expire before their queue's messages. */
export function deadLetterProblems(
  { retention, deadLetters }: Lifetimes,
  { fits, dead, source, why }: Comparison,
): QueueProblem[] {
  if (fits(seconds(deadLetters.retention), seconds(retention))) return [];
  // The default is invalid only with an explicit retention of the queue.
  if (deadLetters.retention === deadLetterRetention) {
    const message = `must be ${source} deadLetters.retention (${deadLetters.retention})${why}`;
    return [{ path: ["retention"], message, got: retention }];
  }
  const message = `must be ${dead} the queue's retention (${retention})${why}`;
  return [{ path: ["deadLetters", "retention"], message, got: deadLetters.retention }];
}

/** Reports the problems of one queue to zod. */
export function report(
  problems: readonly QueueProblem[],
  context: z.core.$RefinementCtx<unknown>,
): void {
  for (const { path, message, got } of problems) {
    context.addIssue({ code: "custom", path: [...path], message, input: got });
  }
}
