// Registered resources. Whether Pub/Sub accepts this combination of settings is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GcpQueues, type GcpQueuesArgs } from "../../../components/queue/gcp.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { gcpArgs, gcpSpec } from "./fixture.ts";

const topicType = "gcp:pubsub/topic:Topic";
const subscriptionType = "gcp:pubsub/subscription:Subscription";
const publisherType = "gcp:pubsub/topicIAMMember:TopicIAMMember";
const subscriberType = "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember";

const build = (changed: Partial<GcpQueuesArgs> = {}) =>
  inventory(() => new GcpQueues("queues", { ...gcpArgs, ...changed }));

describe("what a queue on GCP registers", async () => {
  const all = await build();
  const topics = all.filter(({ type }) => type === topicType);
  const subscription = only(all, subscriptionType, "queues-orders-subscription");
  const dead = only(all, subscriptionType, "queues-orders-dead-letters-subscription");

  test("a topic and a subscription, the same for dead letters, and grants for the service agent", () => {
    assert.deepEqual(counts(all), {
      "atoll:queue:GcpQueue": 1,
      "atoll:queue:GcpQueues": 1,
      [subscriptionType]: 2,
      [subscriberType]: 1,
      [topicType]: 2,
      [publisherType]: 1,
    });
  });

  test("the schemas of the embedded cloud accept everything", () => {
    assert.deepEqual(refusals(all), []);
  });

  test("messages are encrypted with the customer-managed key, and stay in the cell's region", () => {
    assert.deepEqual(
      topics.map(({ inputs }) => inputs.name),
      ["prod-gcp-euw1-queue-orders-dead-letters", "prod-gcp-euw1-queue-orders"],
    );
    for (const { inputs } of topics) {
      assert.equal(inputs.kmsKeyName, gcpArgs.keys.data);
      assert.deepEqual(inputs.messageStoragePolicy, {
        allowedPersistenceRegions: ["europe-west1"],
        enforceInTransit: true,
      });
    }
  });

  test("unused subscriptions do not expire", () => {
    for (const { inputs } of [subscription, dead]) {
      assert.deepEqual(inputs.expirationPolicy, { ttl: "" });
    }
  });

  test("consumers have a minute, retries have exponential backoff, and dead letters outlive messages", () => {
    const { inputs } = subscription;
    assert.deepEqual(
      [inputs.ackDeadlineSeconds, inputs.enableMessageOrdering, inputs.enableExactlyOnceDelivery],
      [60, false, false],
    );
    assert.deepEqual(inputs.retryPolicy, { minimumBackoff: "10s", maximumBackoff: "600s" });
    assert.deepEqual(
      [inputs.messageRetentionDuration, dead.inputs.messageRetentionDuration],
      ["604800s", "1209600s"],
    );
  });

  test("a message becomes a dead letter after five deliveries, and a subscription exists before the first one", () => {
    const policy = subscription.inputs.deadLetterPolicy as Record<string, unknown>;
    assert.match(String(policy.deadLetterTopic), /dead-letters/);
    assert.equal(policy.maxDeliveryAttempts, 5);
    assert.ok(subscription.dependsOn.includes(dead.urn));
    assert.equal(dead.inputs.deadLetterPolicy, undefined);
  });

  test("Pub/Sub's service agent can publish to the dead-letter topic and acknowledge on this subscription", () => {
    const member = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";
    const publisher = only(all, publisherType).inputs;
    const subscriber = only(all, subscriberType).inputs;
    assert.deepEqual(
      [publisher.topic, publisher.role, publisher.member],
      ["prod-gcp-euw1-queue-orders-dead-letters", "roles/pubsub.publisher", member],
    );
    assert.deepEqual(
      [subscriber.subscription, subscriber.role, subscriber.member],
      ["prod-gcp-euw1-queue-orders", "roles/pubsub.subscriber", member],
    );
  });

  test("permanent ones are retained and protected, by Pulumi and by the provider", () => {
    for (const { type, protect, retainOnDelete, inputs } of all) {
      if (type !== topicType && type !== subscriptionType) continue;
      assert.deepEqual([protect, retainOnDelete, inputs.deletionPolicy], [true, true, "PREVENT"]);
    }
  });
});

describe("what settings of a queue on GCP change", () => {
  test("an ephemeral one is destroyed in one step", async () => {
    const all = await build({ retain: false });
    assert.ok(all.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
    assert.ok(all.every(({ inputs }) => inputs.deletionPolicy !== "PREVENT"));
  });

  test("dead letters are ordered too", async () => {
    const queues = { orders: { type: "fifo", exactlyOnce: true } } as const;
    const all = await build({ spec: { ...gcpSpec, queues } });
    const subscriptions = all.filter(({ type }) => type === subscriptionType);
    assert.deepEqual(
      subscriptions.map(({ inputs }) => [
        inputs.enableMessageOrdering,
        inputs.enableExactlyOnceDelivery,
      ]),
      [
        [true, undefined],
        [true, true],
      ],
    );
    assert.deepEqual(refusals(all), []);
  });

  test("the endpoint is the regional host", async () => {
    const queues: GcpQueues[] = [];
    await inventory(() => queues.push(new GcpQueues("queues", gcpArgs)));
    assert.equal(queues[0]?.endpoint, "europe-west1-pubsub.googleapis.com");
  });
});
