// Combinations of queues, topics and subscriptions. That the services refuse the same is known from the listed sources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkInputs, resourceSchema } from "../../../simulator/schema/index.ts";

type Bag = Record<string, unknown>;
function said(type: string, inputs: Bag): string {
  const schema = resourceSchema(type);
  assert.ok(schema, type);
  return checkInputs(schema, inputs)
    .map(({ property, reason }) => `${property}: ${reason}`)
    .join("\n");
}

const queue = "aws:sqs/queue:Queue";
const redrive = "aws:sqs/redrivePolicy:RedrivePolicy";
const subscription = "gcp:pubsub/subscription:Subscription";
const topic = "gcp:pubsub/topic:Topic";

const fifo = { name: "orders.fifo", fifoQueue: true };
const url = "https://sqs.us-east-1.amazonaws.com/111122223333/orders";
const pull = { name: "orders", topic: "orders" };
const push = { pushConfig: { pushEndpoint: "https://orders.example" } };

const cases: [what: string, type: string, right: Bag, wrong: Bag, reason: RegExp][] = [
  [
    "a FIFO queue without its suffix",
    queue,
    fifo,
    { ...fifo, name: "orders" },
    /^name: must end with \.fifo/,
  ],
  [
    "the suffix on a standard queue",
    queue,
    { name: "orders" },
    { name: "orders.fifo" },
    /^name: ends with \.fifo, which requires fifoQueue/,
  ],
  [
    "deduplication of a standard queue",
    queue,
    { ...fifo, contentBasedDeduplication: true },
    { name: "orders", contentBasedDeduplication: true },
    /^contentBasedDeduplication: can only be set for a FIFO queue$/,
  ],
  [
    "throughput by message group with deduplication by queue",
    queue,
    { ...fifo, fifoThroughputLimit: "perMessageGroupId", deduplicationScope: "messageGroup" },
    { ...fifo, fifoThroughputLimit: "perMessageGroupId" },
    /^fifoThroughputLimit: perMessageGroupId requires deduplicationScope messageGroup$/,
  ],
  [
    "a redrive policy that is not JSON",
    redrive,
    { queueUrl: url, redrivePolicy: "{}" },
    { queueUrl: url, redrivePolicy: "orders" },
    /^redrivePolicy: /,
  ],
  [
    "an acknowledgement deadline under 10 seconds",
    subscription,
    { ...pull, ackDeadlineSeconds: 0 },
    { ...pull, ackDeadlineSeconds: 9 },
    /^ackDeadlineSeconds: must be at least 10, got 9$/,
  ],
  [
    "an acknowledgement deadline over 10 minutes",
    subscription,
    { ...pull, ackDeadlineSeconds: 600 },
    { ...pull, ackDeadlineSeconds: 601 },
    /^ackDeadlineSeconds: must be at most 600/,
  ],
  [
    "too few delivery attempts",
    subscription,
    { ...pull, deadLetterPolicy: { maxDeliveryAttempts: 5 } },
    { ...pull, deadLetterPolicy: { maxDeliveryAttempts: 4 } },
    /^deadLetterPolicy\.maxDeliveryAttempts: must be at least 5, got 4$/,
  ],
  [
    "too many delivery attempts",
    subscription,
    { ...pull, deadLetterPolicy: { maxDeliveryAttempts: 100 } },
    { ...pull, deadLetterPolicy: { maxDeliveryAttempts: 101 } },
    /^deadLetterPolicy\.maxDeliveryAttempts: must be at most 100/,
  ],
  [
    "a retention of more than 31 days",
    subscription,
    { ...pull, messageRetentionDuration: "2678400s" },
    { ...pull, messageRetentionDuration: "2678401s" },
    /^messageRetentionDuration: must be 600s to 2678400s/,
  ],
  [
    "a topic's retention of less than 10 minutes",
    topic,
    { name: "orders", messageRetentionDuration: "600s" },
    { name: "orders", messageRetentionDuration: "60s" },
    /^messageRetentionDuration: must be 600s to 2678400s/,
  ],
  [
    "a backoff of more than 10 minutes",
    subscription,
    { ...pull, retryPolicy: { minimumBackoff: "0s", maximumBackoff: "600s" } },
    { ...pull, retryPolicy: { minimumBackoff: "0s", maximumBackoff: "601s" } },
    /^retryPolicy\.maximumBackoff: must be 0s to 600s/,
  ],
  [
    "an expiry after less than a day",
    subscription,
    { ...pull, expirationPolicy: { ttl: "" } },
    { ...pull, expirationPolicy: { ttl: "3600s" } },
    /^expirationPolicy\.ttl: must be at least 86400s/,
  ],
  [
    "exactly-once delivery of a push subscription",
    subscription,
    { ...pull, enableExactlyOnceDelivery: true },
    { ...pull, ...push, enableExactlyOnceDelivery: true },
    /^enableExactlyOnceDelivery: is only supported for pull subscriptions$/,
  ],
  [
    "a name that is reserved by Google",
    topic,
    { name: "orders" },
    { name: "goog-orders" },
    /^name: must be 3 to 255 letters/,
  ],
  [
    "a storage policy that allows no region",
    topic,
    { name: "orders", messageStoragePolicy: { allowedPersistenceRegions: ["europe-west1"] } },
    { name: "orders", messageStoragePolicy: { allowedPersistenceRegions: [] } },
    /allowedPersistenceRegions: must have at least 1 items/,
  ],
];

describe("invalid combinations of messaging", () => {
  for (const [what, type, right, wrong, reason] of cases) {
    test(what, () => {
      assert.equal(said(type, right), "");
      assert.match(said(type, wrong), reason);
    });
  }
});
