import { z } from "zod";
import { projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { durationText, seconds } from "../core/units.ts";
import {
  atLeast,
  deadLetterProblems,
  deadLetterRetention,
  lifetimeProblems,
  notHere,
  type QueueProblem,
  queueKey,
  report,
  typeField,
} from "./base-schema.ts";
import { pubsubLimits } from "./limits.ts";

const { attempts, retention } = pubsubLimits;

/** Where messages go that no consumer could process. */
const gcpDeadLetters = z
  .strictObject({
    /** Deliveries after which a message that was not acknowledged becomes a dead letter. @default 5 */
    attempts: z.int().min(attempts.min).max(attempts.max).default(5),
    /** How long dead letters are kept: at least as long as messages. @default "14 days" */
    retention: durationText(retention).default(deadLetterRetention),
  })
  .prefault({});

const gcpQueueFields = {
  /** `fifo` keeps the order of messages of the same ordering key. A subscription cannot change its type. @default "standard" */
  type: typeField,
  /** How long a message waits for a consumer, counted from when it was published. @default "7 days" */
  retention: durationText(retention).default("7 days"),
  /** How long a consumer has to acknowledge a message before it is delivered again; clients extend it. @default "1 minute" */
  ackDeadline: durationText(pubsubLimits.ackDeadline).default("1 minute"),
  /** Whether an acknowledged message is never delivered again: slower, and consumers have to be in the cell's region. @default false */
  exactlyOnce: z.boolean().default(false),
  /** How long Pub/Sub waits before it delivers a message again: longer each time. */
  retry: z
    .strictObject({
      /** @default "10 seconds" */
      minimumBackoff: durationText(pubsubLimits.backoff).default("10 seconds"),
      /** @default "10 minutes" */
      maximumBackoff: durationText(pubsubLimits.backoff).default("10 minutes"),
    })
    .prefault({}),
  deadLetters: gcpDeadLetters,
  /** Not on GCP. */
  delay: notHere("Pub/Sub delivers messages at once; Cloud Tasks is the service that delays them"),
  /** Not on GCP. */
  maxMessageSize: notHere("Pub/Sub takes messages of up to 10 MB and has no smaller limit"),
};

const gcpQueue = z
  .strictObject(gcpQueueFields)
  .superRefine((queue, context) => report(gcpProblems(queue), context));

export type GcpQueueSettings = z.output<typeof gcpQueue>;

function gcpProblems(queue: z.output<z.ZodObject<typeof gcpQueueFields>>): QueueProblem[] {
  const { ackDeadline, retry, deadLetters } = queue;
  const problems: QueueProblem[] = [];
  const [least, most] = [seconds(retry.minimumBackoff), seconds(retry.maximumBackoff)];
  if (least > most) {
    problems.push({
      path: ["retry", "minimumBackoff"],
      message: `must be at most maximumBackoff (${retry.maximumBackoff})`,
      got: retry.minimumBackoff,
    });
  }
  const taken = deadLetters.attempts * seconds(ackDeadline) + (deadLetters.attempts - 1) * least;
  const shorten = "deadLetters.attempts, ackDeadline or retry.minimumBackoff";
  return [
    ...problems,
    ...lifetimeProblems(queue, taken, shorten),
    ...deadLetterProblems(queue, atLeast),
  ];
}

export const gcpQueueSectionFields = {
  /** By a key, which is part of the names of the queue's topic and subscription. */
  queues: z.record(queueKey(), gcpQueue),
};

/** `queue` in the manifest of a GCP cell. */
export const gcpQueueSettings = z.strictObject(gcpQueueSectionFields);

/** The same with what the cell knows: what the component takes as `spec`. */
export const gcpQueueSpec = gcpQueueSettings.safeExtend({
  cloud: z.literal("gcp"),
  project: projectText,
  /** Google names a project's service agents by it. */
  projectNumber: projectNumberText,
  region: regionText("gcp"),
});

export type GcpQueueSpec = z.output<typeof gcpQueueSpec>;
