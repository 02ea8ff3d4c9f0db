// Registered resources. Whether SQS accepts this combination of settings is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AwsQueues, type AwsQueuesArgs } from "../../../components/queue/aws.ts";
import { refusals } from "../../support/accepted.ts";
import { keyArn } from "../../support/data-args.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { awsArgs, awsSpec } from "./fixture.ts";

const queueType = "aws:sqs/queue:Queue";
const policyType = "aws:sqs/queuePolicy:QueuePolicy";
const redriveType = "aws:sqs/redrivePolicy:RedrivePolicy";
const allowType = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";

const build = (changed: Partial<AwsQueuesArgs> = {}) =>
  inventory(() => new AwsQueues("queues", { ...awsArgs, ...changed }));
const parsed = (resource: Registered, property: string) =>
  JSON.parse(String(resource.inputs[property])) as Record<string, unknown>;

describe("what a queue on AWS registers", async () => {
  const all = await build();
  const queue = only(all, queueType, "queues-orders");
  const dead = only(all, queueType, "queues-orders-dead-letters");

  test("a queue, its dead-letter queue, and policies for both", () => {
    assert.deepEqual(counts(all), {
      "atoll:queue:AwsQueue": 1,
      "atoll:queue:AwsQueues": 1,
      [queueType]: 2,
      [policyType]: 2,
      [allowType]: 1,
      [redriveType]: 1,
    });
  });

  test("the schemas of the embedded cloud accept everything", () => {
    assert.deepEqual(refusals(all), []);
  });

  test("both have the cell's name as prefix, and are encrypted with the customer-managed key", () => {
    assert.equal(queue.inputs.name, "prod-aws-use1-queue-orders");
    assert.equal(dead.inputs.name, "prod-aws-use1-queue-orders-dead-letters");
    for (const { inputs } of [queue, dead]) {
      assert.deepEqual(
        [inputs.kmsMasterKeyId, inputs.kmsDataKeyReusePeriodSeconds, inputs.sqsManagedSseEnabled],
        [keyArn("data"), 300, undefined],
      );
    }
  });

  test("consumers wait for messages, and dead letters outlive them", () => {
    const { inputs } = queue;
    assert.deepEqual(
      [inputs.receiveWaitTimeSeconds, inputs.visibilityTimeoutSeconds, inputs.delaySeconds],
      [20, 30, undefined],
    );
    assert.deepEqual([inputs.maxMessageSize, inputs.fifoQueue], [262_144, undefined]);
    assert.deepEqual(
      [inputs.messageRetentionSeconds, dead.inputs.messageRetentionSeconds],
      [4 * 86_400, 14 * 86_400],
    );
  });

  test("a message becomes a dead letter after five receives, and only from this queue", () => {
    const redrive = only(all, redriveType);
    const allow = only(all, allowType);
    assert.deepEqual(Object.keys(parsed(redrive, "redrivePolicy")).sort(), [
      "deadLetterTargetArn",
      "maxReceiveCount",
    ]);
    assert.equal(parsed(redrive, "redrivePolicy").maxReceiveCount, 5);
    const allowed = parsed(allow, "redriveAllowPolicy");
    assert.equal(allowed.redrivePermission, "byQueue");
    assert.equal((allowed.sourceQueueArns as string[]).length, 1);
    assert.notEqual(
      (allowed.sourceQueueArns as string[])[0],
      parsed(redrive, "redrivePolicy").deadLetterTargetArn,
    );
    assert.ok(redrive.dependsOn.includes(allow.urn));
  });

  test("no policy of a queue allows anything: both only refuse requests without TLS", () => {
    for (const policy of all.filter(({ type }) => type === policyType)) {
      const document = parsed(policy, "policy");
      assert.equal(document.Version, "2012-10-17");
      const statements = document.Statement as Record<string, unknown>[];
      assert.deepEqual(
        statements.map(({ Effect, Principal, Action, Condition }) => [
          Effect,
          Principal,
          Action,
          Condition,
        ]),
        [["Deny", "*", "sqs:*", { Bool: { "aws:SecureTransport": "false" } }]],
      );
    }
  });

  test("permanent ones are retained and protected", () => {
    for (const { protect, retainOnDelete } of [queue, dead]) {
      assert.deepEqual([protect, retainOnDelete], [true, true]);
    }
  });
});

describe("what settings of a queue on AWS change", () => {
  test("an ephemeral one is destroyed in one step", async () => {
    const all = await build({ retain: false });
    assert.ok(all.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
  });

  test("a FIFO queue and its dead-letter queue end in .fifo, even with long names", async () => {
    const key = "a-key-of-thirty-characters-abc";
    const cell = "a-cell-with-a-name-of-forty-characters-a";
    const all = await build({
      ownership: { ...awsArgs.ownership, cell },
      spec: { ...awsSpec, queues: { [key]: { type: "fifo" } } },
    });
    const queues = all.filter(({ type }) => type === queueType);
    assert.equal(new Set(queues.map(({ inputs }) => inputs.name)).size, 2);
    for (const { inputs } of queues) {
      assert.match(String(inputs.name), /^prod-a-cell-[a-z0-9-]{1,63}\.fifo$/);
      assert.equal(inputs.fifoQueue, true);
    }
    assert.deepEqual(refusals(all), []);
  });

  test("throughput per message group comes with deduplication per message group", async () => {
    const limits = async (fifo: {
      highThroughput?: boolean;
      contentBasedDeduplication?: boolean;
    }) => {
      const all = await build({ spec: { ...awsSpec, queues: { orders: { type: "fifo", fifo } } } });
      assert.deepEqual(refusals(all), []);
      const { inputs } = only(all, queueType, "queues-orders");
      return [
        inputs.deduplicationScope,
        inputs.fifoThroughputLimit,
        inputs.contentBasedDeduplication,
      ];
    };
    assert.deepEqual(await limits({}), ["queue", "perQueue", false]);
    assert.deepEqual(await limits({ highThroughput: true, contentBasedDeduplication: true }), [
      "messageGroup",
      "perMessageGroupId",
      true,
    ]);
  });

  test("each key is a separate queue, and their order does not matter", async () => {
    const names = async (queues: AwsQueuesArgs["spec"]["queues"]) =>
      (await build({ spec: { ...awsSpec, queues } })).map(({ urn }) => urn).sort();
    assert.deepEqual(
      await names({ orders: {}, mails: {} }),
      await names({ mails: {}, orders: {} }),
    );
    assert.equal((await names({ orders: {}, mails: {} })).length, 15);
  });

  test("delay, timeout and message size are passed to SQS", async () => {
    const all = await build({
      spec: {
        ...awsSpec,
        dataKeyReuse: "1 hour",
        queues: {
          orders: { delay: "1 minute", visibilityTimeout: "5 minutes", maxMessageSize: "1 MiB" },
        },
      },
    });
    const { inputs } = only(all, queueType, "queues-orders");
    assert.deepEqual(
      [
        inputs.delaySeconds,
        inputs.visibilityTimeoutSeconds,
        inputs.maxMessageSize,
        inputs.kmsDataKeyReusePeriodSeconds,
      ],
      [60, 300, 1_048_576, 3600],
    );
    assert.deepEqual(refusals(all), []);
  });
});
