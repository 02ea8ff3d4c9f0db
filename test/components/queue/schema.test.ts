// Invalid settings, and grants. The limits are from the services' references and not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { checkSpec } from "../../../components/core/spec.ts";
import { seconds } from "../../../components/core/units.ts";
import { queueGrant } from "../../../components/queue/grant.ts";
import { queueKeyPurpose } from "../../../components/queue/key.ts";
import { awsQueueSpec, gcpQueueSpec } from "../../../components/queue/schema.ts";
import { keyArn } from "../../support/data-args.ts";
import { awsSpec, gcpSpec } from "./fixture.ts";

const targets = {
  aws: { schema: awsQueueSpec, spec: awsSpec },
  gcp: { schema: gcpQueueSpec, spec: gcpSpec },
} as const;

const problemsOf = (cloud: keyof typeof targets, orders: Record<string, unknown>) => {
  const { schema, spec } = targets[cloud];
  return checkSpec(schema, { ...spec, queues: { orders } }, "spec").problems;
};

describe("invalid settings of a queue", () => {
  const cases: [string, keyof typeof targets, Record<string, unknown>, RegExp][] = [
    ["an unknown type", "aws", { type: "priority" }, /type: must be one of/],
    [
      "a retention of dead letters above the limit of SQS",
      "aws",
      { deadLetters: { retention: "15 days" } },
      /deadLetters\.retention: must be at most 14 days$/,
    ],
    [
      "messages with the same retention as dead letters, whose age counts from when they were sent",
      "aws",
      { retention: "14 days" },
      /orders\.retention: must be shorter than deadLetters\.retention \(14 days\): the age/,
    ],
    [
      "dead letters that expire with the messages",
      "aws",
      { retention: "4 days", deadLetters: { retention: "4 days" } },
      /deadLetters\.retention: must be longer than the queue's retention \(4 days\): the age/,
    ],
    [
      "dead letters of a FIFO queue that expire before its messages",
      "aws",
      { type: "fifo", deadLetters: { retention: "3 days" } },
      /deadLetters\.retention: must be at least the queue's retention \(4 days\)$/,
    ],
    [
      "messages of Pub/Sub with a longer retention than dead letters",
      "gcp",
      { retention: "15 days" },
      /orders\.retention: must be at most deadLetters\.retention \(14 days\)$/,
    ],
    [
      "attempts that take longer than the retention of a message",
      "aws",
      { retention: "1 hour", visibilityTimeout: "12 minutes" },
      /retention: must be longer than 1h0?m?.*the duration of 5 unacknowledged deliveries.*visibilityTimeout$/,
    ],
    [
      "the same with a delay",
      "aws",
      { retention: "1 hour", visibilityTimeout: "11 minutes", delay: "5 minutes" },
      /retention: must be longer than 1h/,
    ],
    [
      "the same on Pub/Sub",
      "gcp",
      { retention: "10 minutes", ackDeadline: "2 minutes" },
      /retention: must be longer than 10m40s, .*ackDeadline or retry\.minimumBackoff$/,
    ],
    [
      "settings of a FIFO queue on a standard one",
      "aws",
      { fifo: { highThroughput: true } },
      /fifo: must be omitted while type is "standard"$/,
    ],
    ["a delay over 15 minutes", "aws", { delay: "16 minutes" }, /delay: must be at most 15 minut/],
    ["a larger message", "aws", { maxMessageSize: "2 MiB" }, /maxMessageSize: must be at most 1 M/],
    [
      "more attempts than SQS supports",
      "aws",
      { deadLetters: { attempts: 1001 } },
      /deadLetters\.attempts: must be a whole number from 1 to 1000$/,
    ],
    [
      "fewer attempts than Pub/Sub supports",
      "gcp",
      { deadLetters: { attempts: 4 } },
      /deadLetters\.attempts: must be a whole number from 5 to 100$/,
    ],
    ["a deadline too short", "gcp", { ackDeadline: "9 seconds" }, /must be at least 10 seconds$/],
    [
      "a backoff that shrinks",
      "gcp",
      { retry: { minimumBackoff: "2 minutes", maximumBackoff: "1 minute" } },
      /retry\.minimumBackoff: must be at most maximumBackoff \(1 minute\)$/,
    ],
    ["a delay on Pub/Sub", "gcp", { delay: "1 minute" }, /delay: must be omitted: Pub\/Sub/],
    [
      "exactly-once delivery on SQS",
      "aws",
      { exactlyOnce: true },
      /exactlyOnce: must be omitted: .* set type to "fifo"$/,
    ],
  ];
  for (const [what, cloud, orders, expected] of cases) {
    test(`${what}, on ${cloud}`, () => {
      const problems = problemsOf(cloud, orders);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, expected);
      assert.match(problems[0]?.path ?? "", /^spec: queues\.orders\./);
    });
  }

  test("an invalid key, or a key with the suffix of dead letters", () => {
    for (const [cloud, { schema, spec }] of Object.entries(targets)) {
      for (const [key, expected] of [
        ["Orders", /must be a key of 1 to 30/],
        ["orders-dead-letters", /must not end with "-dead-letters"/],
      ] as const) {
        const { problems } = checkSpec(schema, { ...spec, queues: { [key]: {} } }, "spec");
        assert.match(problems[0]?.message ?? "", expected, cloud);
      }
    }
  });
});

describe("valid settings", () => {
  test("a key only", () => {
    for (const { schema, spec } of Object.values(targets)) {
      assert.deepEqual(checkSpec(schema, spec, "spec").problems, []);
    }
  });

  test("a FIFO queue with 14 days, whose dead letters get a new send time", () => {
    assert.deepEqual(problemsOf("aws", { type: "fifo", retention: "14 days" }), []);
  });

  test("in a valid queue, no message expires before it becomes a dead letter", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 720 }),
        fc.integer({ min: 1, max: 13 }),
        (attempts, minutes, days) => {
          const queue = {
            retention: `${days} days`,
            visibilityTimeout: `${minutes} minutes`,
            deadLetters: { attempts },
          } as const;
          const fits = attempts * minutes * 60 < seconds(`${days} days`);
          assert.equal(problemsOf("aws", queue).length === 0, fits);
        },
      ),
    );
  });
});

describe("grants", () => {
  const arn = "arn:aws:sqs:us-east-1:111122223333:prod-aws-use1-queue-orders";
  const statements = (...may: ("send" | "consume")[]) =>
    queueGrant.aws.statements(
      { kind: "queue", name: "orders", may },
      { arn, keyArn: keyArn("data") },
      { region: "us-east-1" },
    );
  const lookUp = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"];

  test("a sender on AWS cannot receive, and a consumer cannot send", () => {
    const receive = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"];
    assert.deepEqual(statements("send")[0]?.actions, [...lookUp, "sqs:SendMessage"]);
    assert.deepEqual(statements("consume")[0]?.actions, [...lookUp, ...receive]);
    assert.deepEqual(statements("consume", "send")[0]?.actions, [
      ...lookUp,
      ...receive,
      "sqs:SendMessage",
    ]);
  });

  test("the key can be used through SQS only, and only senders generate data keys", () => {
    const [, send] = statements("send");
    assert.deepEqual(send, {
      sid: "QueueKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: keyArn("data"),
      conditions: { StringEquals: { "kms:ViaService": "sqs.us-east-1.amazonaws.com" } },
    });
    assert.deepEqual(statements("consume")[1]?.actions, ["kms:Decrypt"]);
  });

  test("the key policy allows the account to use it through SQS, and no service directly", () => {
    const place = { account: "111122223333", region: "us-east-1" };
    const [policy, ...others] = queueKeyPurpose.aws(place);
    assert.deepEqual(others, []);
    assert.ok(policy);
    assert.deepEqual(policy.principals, { aws: "arn:aws:iam::111122223333:root" });
    assert.deepEqual(policy.actions, statements("send")[1]?.actions);
    assert.deepEqual(policy.conditions, {
      StringEquals: {
        "kms:CallerAccount": "111122223333",
        "kms:ViaService": "sqs.us-east-1.amazonaws.com",
      },
    });
  });

  test("on Google Cloud a verb is one role on one resource", () => {
    const of = { topic: "projects/p/topics/t", subscription: "projects/p/subscriptions/s" };
    const grant = { kind: "queue", name: "orders", may: ["send", "consume"] } as const;
    assert.deepEqual(queueGrant.gcp.roles({ ...grant, may: [...grant.may] }, of), [
      {
        key: "send",
        role: "roles/pubsub.publisher",
        on: {
          kind: "other",
          type: "gcp:pubsub/topicIAMMember:TopicIAMMember",
          inputs: { topic: of.topic },
        },
      },
      {
        key: "consume",
        role: "roles/pubsub.subscriber",
        on: {
          kind: "other",
          type: "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember",
          inputs: { subscription: of.subscription },
        },
      },
    ]);
  });
});
