import { z } from "zod";
import { accountText, regionText } from "../core/cloud.ts";
import { durationText, seconds, sizeText } from "../core/units.ts";
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
import { sqsLimits } from "./limits.ts";

const { attempts, retention } = sqsLimits;

/** The dead letters: messages that no consumer could process. */
const awsDeadLetters = z
  .strictObject({
    /** Deliveries after which a message that was not acknowledged becomes a dead letter. @default 5 */
    attempts: z.int().min(attempts.min).max(attempts.max).default(5),
    /** How long dead letters are kept: longer than messages. @default "14 days" */
    retention: durationText(retention).default(deadLetterRetention),
  })
  .prefault({});

const awsQueueFields = {
  /** `fifo` keeps the order of messages of the same message group. A queue cannot change its type. @default "standard" */
  type: typeField,
  /** How long a message waits for a consumer, counted from when it was sent. @default "4 days" */
  retention: durationText(retention).default("4 days"),
  /** How long a consumer has to process and delete a message before others receive it again. @default "30 seconds" */
  visibilityTimeout: durationText(sqsLimits.visibilityTimeout).default("30 seconds"),
  /** How long a message is hidden after it was sent. @default none */
  delay: durationText(sqsLimits.delay).optional(),
  /** How long a receive waits for a message, so that consumers do not poll an empty queue. @default "20 seconds" */
  receiveWait: durationText(sqsLimits.receiveWait).default("20 seconds"),
  /** The maximum message size, including attributes. @default "256 KiB" */
  maxMessageSize: sizeText(sqsLimits.messageSize).default("256 KiB"),
  /** Settings of a FIFO queue; only with `type: fifo`. */
  fifo: z
    .strictObject({
      /** Whether SQS uses a hash of the body as the deduplication ID if a producer sets none. @default false */
      contentBasedDeduplication: z.boolean().default(false),
      /** Whether throughput limits apply per message group. Messages are then deduplicated within their group. @default false */
      highThroughput: z.boolean().default(false),
    })
    .optional(),
  deadLetters: awsDeadLetters,
  /** Not supported on AWS. */
  exactlyOnce: unsupported('a FIFO queue removes duplicates: set type to "fifo"'),
};

const awsQueue = z
  .strictObject(awsQueueFields)
  .superRefine((queue, context) => report(awsProblems(queue), context));

export type AwsQueueSettings = z.output<typeof awsQueue>;

function awsProblems(queue: z.output<z.ZodObject<typeof awsQueueFields>>): QueueProblem[] {
  const { type, fifo, visibilityTimeout, delay, deadLetters } = queue;
  const problems: QueueProblem[] = [];
  if (type === "standard" && fifo !== undefined) {
    problems.push({
      path: ["fifo"],
      message: 'must be omitted while type is "standard"',
      got: fifo,
    });
  }
  const hidden = delay === undefined ? 0 : seconds(delay);
  const taken = hidden + deadLetters.attempts * seconds(visibilityTimeout);
  return [
    ...problems,
    ...lifetimeProblems(queue, taken, "deadLetters.attempts or visibilityTimeout"),
    ...retentionProblems(queue),
  ];
}

/**
 * A dead letter of a standard queue keeps its send time, that of a FIFO queue gets a new one. Source: Amazon SQS
 * developer guide, "Using dead-letter queues".
 */
function retentionProblems(queue: Pick<AwsQueueSettings, "type" | "retention" | "deadLetters">) {
  if (queue.type === "fifo") return deadLetterProblems(queue, atLeast);
  return deadLetterProblems(queue, longer);
}

const longer = {
  fits: (dead: number, source: number) => dead > source,
  dead: "longer than",
  source: "shorter than",
  why: ": the age of a dead letter counts from when it was sent",
};

export const awsQueueSectionFields = {
  /** Queues by key. The key is part of the queue's name. */
  queues: z.record(queueKey(), awsQueue),
  /** How long SQS reuses a data key before it requests a new one from KMS: longer is cheaper. @default "5 minutes" */
  dataKeyReuse: durationText(sqsLimits.dataKeyReuse).default("5 minutes"),
};

/** `queue` in the manifest of an AWS cell. */
export const awsQueueSettings = z.strictObject(awsQueueSectionFields);

/** The settings with the facts of the cell: the component's `spec`. */
export const awsQueueSpec = awsQueueSettings.safeExtend({
  cloud: z.literal("aws"),
  account: accountText,
  region: regionText("aws"),
});

export type AwsQueueSpec = z.output<typeof awsQueueSpec>;
