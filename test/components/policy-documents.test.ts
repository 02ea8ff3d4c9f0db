// Resource policies at their largest: the longest names, every option, and as many entries as a manifest can have. They do not grow with
// the number of entries, and the largest is far from the service's limit. ARNs that are known only after creation are those of the mock.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AwsKeys } from "../../components/keys/aws.ts";
import { purposes } from "../../components/keys/schema.ts";
import { interfaceServices } from "../../components/network/aws-schema.ts";
import { createNetwork } from "../../components/network/network.ts";
import { AwsQueues } from "../../components/queue/aws.ts";
import { createSecrets } from "../../components/secrets/secrets.ts";
import { inventory, type Registered } from "../support/inventory.ts";
import { ownership } from "../support/ownership.ts";
import { awsAudit } from "./audit/fixture.ts";
import { awsStore } from "./object-store/fixture.ts";
import { awsArgs as queueArgs, awsSpec as queueSpec } from "./queue/fixture.ts";
import { awsArgs as secretArgs } from "./secrets/fixture.ts";

/** Names of environments and cells have up to 20 characters. */
const named = { ...ownership, environment: "e".repeat(20), cell: "c".repeat(20) };
const place = { cloud: "aws", account: "111122223333", region: "ap-southeast-2" } as const;

/** Keys of 30 characters, as many as asked for. */
const keyed = <Value>(count: number, value: (index: number) => Value) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `k${String(index).padStart(4, "0")}${"x".repeat(25)}`,
      value(index),
    ]),
  );

/** The characters of the longest document of this type. */
function longest(all: readonly Registered[], type: string, property = "policy"): number {
  const documents = all
    .filter((resource) => resource.type === type)
    .map(({ inputs }) => String(inputs[property]));
  assert.ok(documents.length > 0, type);
  for (const document of documents) assert.equal(typeof JSON.parse(document).Statement, "object");
  return Math.max(...documents.map((document) => document.length));
}

test("policies of keys are well below 32 KiB", async () => {
  const keys = await inventory(() => new AwsKeys("keys", { ownership: named, spec: place }));
  assert.equal(keys.filter(({ type }) => type === "aws:kms/key:Key").length, purposes.length);
  assert.ok(longest(keys, "aws:kms/key:Key") <= 32_768 / 4);
  const archive = await inventory(() => awsAudit(place, { ownership: named }));
  assert.ok(longest(archive, "aws:kms/key:Key") <= 32_768 / 4);
});

describe("policies of buckets", () => {
  const bucket = (index: number) => ({
    lock: { mode: "compliance", days: 36_500 },
    ...(index === 0 ? {} : { lifecycle: { expireAfterDays: 36_500 } }),
  });
  const store = (count: number) =>
    inventory(() =>
      awsStore(
        { buckets: { ...keyed(count, bucket), uploads: { replicateTo: { cell: "aws-euw1" } } } },
        { ownership: named },
      ),
    );

  test("are well below 20 KiB, however many buckets there are", async () => {
    const [few, many] = [await store(1), await store(50)];
    const type = "aws:s3/bucketPolicy:BucketPolicy";
    assert.ok(many.filter((each) => each.type === type).length > 50);
    assert.ok(longest(many, type) <= 20_480 / 4);
    assert.equal(longest(many, type), longest(few, type));
  });

  test("of the audit archive are too", async () => {
    const all = await inventory(() => awsAudit(place, { ownership: named }));
    assert.ok(longest(all, "aws:s3/bucketPolicy:BucketPolicy") <= 20_480 / 4);
  });
});

test("policies of queues have one statement, however many queues there are", async () => {
  const queues = (count: number) =>
    inventory(
      () =>
        new AwsQueues("queue", {
          ...queueArgs,
          ownership: named,
          spec: { ...queueSpec, queues: keyed(count, () => ({ type: "fifo" })) },
        }),
    );
  const [few, many] = [await queues(1), await queues(50)];
  const type = "aws:sqs/queuePolicy:QueuePolicy";
  assert.equal(many.filter((each) => each.type === type).length, 100);
  assert.equal(longest(many, type), longest(few, type));
  assert.ok(longest(many, type) <= 8_192 / 4);
  for (const { inputs } of many.filter((each) => each.type === type))
    assert.equal(JSON.parse(String(inputs.policy)).Statement.length, 1);
});

test("policies of VPC endpoints are well below 20,480 characters with every endpoint", async () => {
  const network = await inventory(() =>
    createNetwork("network", {
      cloud: "aws",
      ownership: named,
      logsKeyArn: "arn:aws:kms:ap-southeast-2:111122223333:key/logs",
      spec: {
        ...place,
        cidr: "10.32.0.0/16",
        clusterName: "c".repeat(100),
        interfaceEndpoints: [...interfaceServices],
        organization: `o-${"a".repeat(32)}`,
        egress: { allow: Array.from({ length: 100 }, (_, index) => `n${index}.example.com`) },
      },
    }),
  );
  const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
  const endpoints = network.filter((each) => each.type === type);
  assert.equal(endpoints.length, interfaceServices.length + 2);
  const written = endpoints.filter(({ inputs }) => inputs.policy !== undefined);
  assert.ok(written.length >= interfaceServices.length);
  assert.ok(longest(written, type) <= 20_480 / 4);
});

test("policies of secrets are well below 20 KiB, however many secrets there are", async () => {
  const secrets = (count: number) =>
    inventory(() =>
      createSecrets("secrets", {
        ...secretArgs({ secrets: keyed(count, () => ({ description: "Signs sessions" })) }),
        ownership: named,
      }),
    );
  const [few, many] = [await secrets(1), await secrets(50)];
  const type = "aws:secretsmanager/secretPolicy:SecretPolicy";
  assert.ok(longest(many, type) <= 20_480 / 4);
  assert.equal(longest(many, type), longest(few, type));
});
