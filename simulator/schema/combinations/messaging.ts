import type { Combination, Given } from "./combination.ts";

// Sources: terraform-provider-aws (sqs/queue.go, queueCustomizeDiff); Amazon SQS API reference, CreateQueue and SetQueueAttributes;
// Pub/Sub API reference, Subscription and Topic, where the service refuses the call.

/** Attributes that only FIFO queues have. */
const fifoAttributes = [
  "contentBasedDeduplication",
  "deduplicationScope",
  "fifoThroughputLimit",
] as const;

const queue: readonly Combination[] = [
  {
    property: "name",
    refuse: (given) => {
      const name = given.text("name");
      if (name === undefined) return undefined;
      if (given.is("fifoQueue", true) && !name.endsWith(".fifo")) {
        return `must end with .fifo for a FIFO queue, got "${name}"`;
      }
      return given.is("fifoQueue", false, false) && name.endsWith(".fifo")
        ? `ends with .fifo, which requires fifoQueue, got "${name}"`
        : undefined;
    },
  },
  ...fifoAttributes.map((property) => ({
    property,
    refuse: (given: Given) =>
      given.is("fifoQueue", false, false) && given.holds(property)
        ? "can only be set for a FIFO queue"
        : undefined,
  })),
  {
    property: "fifoThroughputLimit",
    refuse: (given) =>
      given.is("fifoThroughputLimit", "perMessageGroupId") &&
      given.is("deduplicationScope", "queue", "queue")
        ? "perMessageGroupId requires deduplicationScope messageGroup"
        : undefined,
  },
];

const day = 86_400;

/** A duration of Google's API that must be in a range of seconds. */
function between(property: string, least: number, most = Number.POSITIVE_INFINITY): Combination {
  return {
    property,
    refuse: (given) => {
      const text = given.text(property);
      const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(text ?? "")?.[1]);
      if (Number.isNaN(seconds) || (seconds >= least && seconds <= most)) return undefined;
      const limits = Number.isFinite(most) ? `${least}s to ${most}s` : `at least ${least}s`;
      return `must be ${limits}, got ${text}`;
    },
  };
}

/** A number that may be 0, which means the default. */
function defaultOr(property: string, least: number): Combination {
  return {
    property,
    refuse: (given) => {
      const number = given.number(property);
      return number === undefined || number === 0 || number >= least
        ? undefined
        : `must be at least ${least}, got ${number}`;
    },
  };
}

const subscription: readonly Combination[] = [
  defaultOr("ackDeadlineSeconds", 10),
  defaultOr("deadLetterPolicy.maxDeliveryAttempts", 5),
  between("messageRetentionDuration", 600, 31 * day),
  between("retryPolicy.minimumBackoff", 0, 600),
  between("retryPolicy.maximumBackoff", 0, 600),
  between("expirationPolicy.ttl", day),
  {
    property: "enableExactlyOnceDelivery",
    refuse: (given) =>
      given.is("enableExactlyOnceDelivery", true) &&
      ["bigqueryConfig", "cloudStorageConfig", "pushConfig"].some((push) => given.has(push))
        ? "is only supported for pull subscriptions"
        : undefined,
  },
];

/** Combinations of queues, topics and subscriptions. */
export const messaging: Readonly<Record<string, readonly Combination[]>> = {
  "aws:sqs/queue:Queue": queue,
  "gcp:pubsub/subscription:Subscription": subscription,
  "gcp:pubsub/topic:Topic": [between("messageRetentionDuration", 600, 31 * day)],
};
