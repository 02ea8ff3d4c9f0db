// Valid and invalid settings. Whether the clouds accept them is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { checkSpec } from "../../../components/core/spec.ts";
import { lifecycleRules as awsRules } from "../../../components/object-store/aws-lifecycle.ts";
import { bucketName } from "../../../components/object-store/bucket-name.ts";
import { createObjectStore } from "../../../components/object-store/object-store.ts";
import { awsObjectStoreSpec, objectStoreSpec } from "../../../components/object-store/schema.ts";
import { inventory, only } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { awsPlace, gcpPlace, peers } from "./fixture.ts";

const onprem = {
  cloud: "onprem",
  endpoint: "https://objects.example:9000",
  credentials: { namespace: "platform", secret: "object-store" },
  buckets: { uploads: { name: "uploads" } },
} as const;

describe("invalid settings are reported, each with one message", () => {
  const aws = (uploads: object, more: object = {}) => ({
    ...awsPlace,
    peers,
    buckets: { uploads },
    ...more,
  });
  const gcp = (uploads: object) => ({ ...gcpPlace, peers, buckets: { uploads } });
  for (const [what, spec, message] of [
    [
      "a transition before the minimum of S3",
      aws({ lifecycle: { infrequentAfterDays: 7 } }),
      /infrequentAfterDays: must be a whole number from 30/,
    ],
    [
      "an archive too soon after the previous class",
      aws({ lifecycle: { infrequentAfterDays: 30, archiveAfterDays: 45 } }),
      /archiveAfterDays: must be at least 60/,
    ],
    [
      "an expiry before the last move",
      aws({ lifecycle: { archiveAfterDays: 90, expireAfterDays: 90 } }),
      /expireAfterDays: must be more than 90/,
    ],
    [
      "an expiry before the lock ends",
      gcp({ lock: { mode: "governance", days: 30 }, lifecycle: { expireAfterDays: 7 } }),
      /expireAfterDays: must be at least lock\.days \(30\)/,
    ],
    [
      "an expiry before the lock ends, with automatic tiering",
      aws({
        tiering: "automatic",
        lifecycle: { expireAfterDays: 30 },
        lock: { mode: "governance", days: 60 },
      }),
      /expireAfterDays: must be at least lock.days \(60\)/,
    ],
    [
      "ages beside automatic tiering",
      gcp({ tiering: "automatic", lifecycle: { archiveAfterDays: 90 } }),
      /archiveAfterDays: must be omitted while tiering is "automatic"/,
    ],
    [
      "the key of the bucket for access logs",
      { ...awsPlace, buckets: { "access-logs": {} } },
      /must not be "access-logs"/,
    ],
    [
      "compliance mode in an ephemeral environment",
      aws({ lock: { mode: "compliance", days: 1 } }, { lifetime: "ephemeral" }),
      /lock\.mode: must be "governance" in an ephemeral environment/,
    ],
    [
      "a replica in a cell that is misspelt",
      aws({ replicateTo: { cell: "aws-euw2" } }),
      /replicateTo\.cell: must be another cell of the environment, did you mean "aws-euw1"/,
    ],
    [
      "a replica on another cloud",
      aws({ replicateTo: { cell: "gcp-euw4" } }),
      /must be a cell on aws; "gcp-euw4" is on gcp/,
    ],
    [
      "a replica in another account",
      { ...aws({ replicateTo: { cell: "aws-euw1" } }), account: "999999999999" },
      /must be a cell in the same account/,
    ],
    [
      "a replica without the bucket",
      { ...awsPlace, peers, buckets: { media: { replicateTo: { cell: "aws-euw1" } } } },
      /must be a cell with a bucket "media"; "aws-euw1" has uploads, contracts/,
    ],
    [
      "a locked bucket with a target that is not locked",
      aws({ lock: { mode: "governance", days: 1 }, replicateTo: { cell: "aws-euw1" } }),
      /S3 replicates locked objects only to locked buckets/,
    ],
    [
      "a recovery point below the minimum of S3",
      aws({ replicateTo: { cell: "aws-euw1", rpo: "5 minutes" } }),
      /rpo: must be at least 15 minutes/,
    ],
    [
      "a recovery point on GCP",
      gcp({ replicateTo: { cell: "gcp-euw4", rpo: "1 hour" } }),
      /rpo: must be omitted: Google states no recovery point/,
    ],
    [
      "soft deletion of a day",
      gcp({ softDeleteDays: 1 }),
      /softDeleteDays: must be 0 or a whole number from 7 to 90/,
    ],
    ["soft deletion on AWS", aws({ softDeleteDays: 7 }), /softDeleteDays: unknown field/],
    [
      "a lifecycle on-premises",
      { ...onprem, buckets: { uploads: { name: "uploads", lifecycle: {} } } },
      /lifecycle: must be omitted on-premises: configure the lifecycle in the store itself/,
    ],
    [
      "a replica on-premises",
      { ...onprem, buckets: { uploads: { name: "uploads", replicateTo: {} } } },
      /replicateTo: must be omitted on-premises: configure replication/,
    ],
    [
      "an endpoint without TLS",
      { ...onprem, endpoint: "http://objects.example" },
      /endpoint: must be a URL such as/,
    ],
    [
      "an access key in the manifest",
      { ...onprem, credentials: { ...onprem.credentials, secretAccessKey: "x" } },
      /credentials\.secretAccessKey: unknown field/,
    ],
  ] as const) {
    test(what, () => {
      const { problems } = checkSpec(objectStoreSpec, spec, "store");
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, message);
    });
  }
});

test("for all valid ages, objects transition in order, stay 30 days in a class and expire last", () => {
  const age = fc.option(fc.integer({ min: 1, max: 800 }), { nil: undefined });
  fc.assert(
    fc.property(age, age, age, (infrequentAfterDays, archiveAfterDays, expireAfterDays) => {
      const lifecycle = Object.fromEntries(
        Object.entries({ infrequentAfterDays, archiveAfterDays, expireAfterDays }).filter(
          ([, days]) => days !== undefined,
        ),
      );
      const { spec } = checkSpec(
        awsObjectStoreSpec,
        { ...awsPlace, buckets: { uploads: { lifecycle } } },
        "store",
      );
      const bucket = spec?.buckets.uploads;
      if (!bucket || bucket.existing) return;
      const rules = awsRules(bucket) as {
        transitions?: { days: number }[];
        expiration?: { days?: number };
      }[];
      const moves = rules.flatMap(({ transitions = [] }) => transitions.map(({ days }) => days));
      const gone = rules.flatMap(({ expiration }) => expiration?.days ?? []);
      for (const [index, days] of moves.entries()) {
        assert.ok(days >= (moves[index - 1] ?? 0) + 30);
      }
      for (const days of gone) assert.ok(days > Math.max(0, ...moves));
    }),
  );
});

test("bucket names differ between cells, keys and accounts, and are within the clouds' limits", () => {
  const part = fc.stringMatching(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/);
  fc.assert(
    fc.property(part, part, part, part, (environment, cell, other, key) => {
      const name = bucketName("aws", { environment, cell }, key, "111122223333");
      assert.match(name, /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
      if (other !== cell && !name.match(/-[0-9a-f]{8}$/)) {
        assert.notEqual(
          name,
          bucketName("aws", { environment, cell: other }, `${key}`, "999999999999"),
        );
      }
    }),
  );
});

test("an on-premises store is only referenced, and creates no resources", async () => {
  const resources = await inventory(() =>
    createObjectStore("store", { cloud: "onprem", ownership, spec: onprem }),
  );
  assert.equal(resources.length, 1);
  assert.deepEqual(only(resources, "atoll:object-store:OnpremObjectStore").outputs, {
    endpoint: { endpoint: "https://objects.example:9000", region: "us-east-1", pathStyle: true },
    buckets: { uploads: { bucketName: "uploads", uri: "s3://uploads" } },
  });
});
