// Registered resources and bucket policies. How S3 evaluates the policies is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { awsKey, awsStore } from "./fixture.ts";
import { statements } from "./statements.ts";

const standard = await inventory(() => awsStore());

test("a store of one bucket consists of exactly these resources", () => {
  assert.deepEqual(counts(standard), {
    "atoll:object-store:AwsBucket": 2,
    "atoll:object-store:AwsObjectStore": 1,
    "aws:s3/bucket:Bucket": 2,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 2,
    "aws:s3/bucketLogging:BucketLogging": 1,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 2,
    "aws:s3/bucketPolicy:BucketPolicy": 2,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 2,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 2,
    "aws:s3/bucketVersioning:BucketVersioning": 2,
  });
  for (const { custom, name, outputs } of standard) if (!custom) assert.ok(outputs, name);
});

describe("a bucket", () => {
  test("has a globally unique name, is retained, and is not emptied on deletion", () => {
    const { inputs, protect, retainOnDelete, parent } = only(
      standard,
      "aws:s3/bucket:Bucket",
      "store-uploads",
    );
    assert.deepEqual(
      [inputs.bucket, inputs.forceDestroy, inputs.objectLockEnabled],
      ["prod-aws-use1-uploads-111122223333", false, undefined],
    );
    assert.deepEqual([protect, retainOnDelete, parent], [true, true, "store-uploads"]);
  });

  test("has no public access, no ACLs, one key with S3 Bucket Keys, and versioning", () => {
    const block = only(
      standard,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "store-uploads-public-access",
    );
    for (const field of [
      "blockPublicAcls",
      "blockPublicPolicy",
      "ignorePublicAcls",
      "restrictPublicBuckets",
    ]) {
      assert.equal(block.inputs[field], true, field);
    }
    const ownership = only(
      standard,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "store-uploads-ownership",
    );
    assert.deepEqual(ownership.inputs.rule, { objectOwnership: "BucketOwnerEnforced" });
    const encryption = only(
      standard,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "store-uploads-encryption",
    );
    assert.deepEqual(encryption.inputs.rules, [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: awsKey },
        bucketKeyEnabled: true,
        blockedEncryptionTypes: ["SSE-C"],
      },
    ]);
    const versions = only(
      standard,
      "aws:s3/bucketVersioning:BucketVersioning",
      "store-uploads-versions",
    );
    assert.deepEqual(versions.inputs.versioningConfiguration, { status: "Enabled" });
  });

  test("denies old TLS versions, other accounts, other encryption and other keys", () => {
    const policy = statements(standard, "aws:s3/bucketPolicy:BucketPolicy", "store-uploads-policy");
    assert.deepEqual(Object.keys(policy), [
      "DenyWithoutTls",
      "DenyOldTls",
      "DenyOtherAccounts",
      "DenyOtherEncryption",
      "DenyOtherKeys",
    ]);
    for (const { Effect, Principal } of Object.values(policy)) {
      assert.deepEqual([Effect, Principal], ["Deny", "*"]);
    }
    const bucket = "arn:aws:s3:::prod-aws-use1-uploads-111122223333";
    assert.deepEqual(policy.DenyWithoutTls?.Resource, [bucket, `${bucket}/*`]);
    assert.deepEqual(policy.DenyOldTls?.Condition, { NumericLessThan: { "s3:TlsVersion": "1.2" } });
    assert.deepEqual(policy.DenyOtherKeys?.Condition, {
      StringNotEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": awsKey },
      Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" },
    });
  });

  test("logs every request to the bucket for access logs, which accepts them from S3 only", () => {
    const { inputs } = only(standard, "aws:s3/bucketLogging:BucketLogging");
    assert.deepEqual(
      [inputs.targetBucket, inputs.targetPrefix],
      ["prod-aws-use1-access-logs-111122223333", "prod-aws-use1-uploads-111122223333/"],
    );
    const { AllowAccessLogs, ...denies } = statements(
      standard,
      "aws:s3/bucketPolicy:BucketPolicy",
      "store-access-logs-policy",
    );
    assert.deepEqual(AllowAccessLogs?.Principal, { Service: "logging.s3.amazonaws.com" });
    assert.deepEqual(AllowAccessLogs?.Condition, {
      StringEquals: { "aws:SourceAccount": "111122223333" },
    });
    assert.deepEqual(Object.keys(denies), ["DenyWithoutTls", "DenyOldTls", "DenyOtherAccounts"]);
  });

  test("of an ephemeral environment is deleted with its objects", async () => {
    const short = await inventory(() => awsStore({}, { retain: false }));
    const { inputs, protect } = only(short, "aws:s3/bucket:Bucket", "store-uploads");
    assert.deepEqual([inputs.forceDestroy, protect], [true, false]);
  });

  test("is not emptied under a compliance lock, even when the protection is lifted", async () => {
    for (const [mode, emptied] of [
      ["compliance", false],
      ["governance", true],
    ]) {
      const settings = { buckets: { contracts: { lock: { mode, days: 366 } } } };
      const lifted = await inventory(() => awsStore(settings, { retain: false }));
      const { inputs } = only(lifted, "aws:s3/bucket:Bucket", "store-contracts");
      assert.equal(inputs.forceDestroy, emptied, String(mode));
    }
  });
});

describe("the lifecycle", () => {
  const rules = async (bucket: object) => {
    const resources = await inventory(() => awsStore({ buckets: { uploads: bucket } }));
    assert.deepEqual(refusals(resources), []);
    const { inputs } = only(
      resources,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "store-uploads-lifecycle",
    );
    return (inputs.rules as { id: string }[]).map(({ id, ...rest }) => [id, rest]);
  };
  const all = { status: "Enabled", filter: {} };

  test("always deletes incomplete uploads and old versions", async () => {
    assert.deepEqual(await rules({}), [
      ["abort-uploads", { ...all, abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }],
      [
        "old-versions",
        {
          ...all,
          noncurrentVersionExpiration: { noncurrentDays: 30 },
          expiration: { expiredObjectDeleteMarker: true },
        },
      ],
    ]);
  });

  test("transitions objects by age and expires them", async () => {
    const [, , tiers, expire] = await rules({
      lifecycle: { infrequentAfterDays: 30, archiveAfterDays: 90, expireAfterDays: 400 },
    });
    assert.deepEqual(tiers, [
      "tiers",
      {
        ...all,
        transitions: [
          { days: 30, storageClass: "STANDARD_IA" },
          { days: 90, storageClass: "GLACIER_IR" },
        ],
      },
    ]);
    assert.deepEqual(expire, ["expire", { ...all, expiration: { days: 400 } }]);
  });

  test("can use Intelligent-Tiering", async () => {
    const [, , tiers] = await rules({ tiering: "automatic" });
    assert.deepEqual(tiers?.[1], {
      ...all,
      transitions: [{ days: 0, storageClass: "INTELLIGENT_TIERING" }],
    });
  });
});

test("the schemas of the embedded cloud accept everything", () => {
  assert.deepEqual(refusals(standard), []);
});
