import { z } from "zod";
import { projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { durationText, seconds } from "../core/units.ts";
import {
  atLeast,
  deadLetterProblems,
  deadLetterRetention,
  lifetimeProblems,
  type QueueProblem,
  queueKey,
  report,
  typeField,
  unsupported,
} from "./base-schema.ts";
import { pubsubLimits } from "./limits.ts";

const { attempts, retention } = pubsubLimits;

/** The dead letters: messages that no consumer could process. */
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
  /** Exactly-once delivery: slower, and consumers must be in the cell's region. @default false */
  exactlyOnce: z.boolean().default(false),
  /** Exponential backoff before Pub/Sub delivers a message again. */
  retry: z
    .strictObject({
      /** @default "10 seconds" */
      minimumBackoff: durationText(pubsubLimits.backoff).default("10 seconds"),
      /** @default "10 minutes" */
      maximumBackoff: durationText(pubsubLimits.backoff).default("10 minutes"),
    })
    .prefault({}),
  deadLetters: gcpDeadLetters,
  /** Not supported on GCP. */
  delay: unsupported("Pub/Sub delivers messages immediately; use Cloud Tasks for delays"),
  /** Not supported on GCP. */
  maxMessageSize: unsupported("Pub/Sub accepts messages of up to 10 MB and has no smaller limit"),
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
  /** Queues by key. The key is part of the names of the topic and the subscription. */
  queues: z.record(queueKey(), gcpQueue),
};

/** `queue` in the manifest of a GCP cell. */
export const gcpQueueSettings = z.strictObject(gcpQueueSectionFields);

/** The settings with the facts of the cell: the component's `spec`. */
export const gcpQueueSpec = gcpQueueSettings.safeExtend({
  cloud: z.literal("gcp"),
  project: projectText,
  /** Google Cloud uses it in the names of a project's service agents. */
  projectNumber: projectNumberText,
  region: regionText("gcp"),
});

export type GcpQueueSpec = z.output<typeof gcpQueueSpec>;
