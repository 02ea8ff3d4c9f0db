// Existing buckets: what is asked, what is made of the answers, and the real engine on the embedded cloud. That clouds answer in this
// form is not proven here.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import { existingAwsBuckets, existingGcpBuckets } from "../../../cli/engine/existing/buckets.ts";
import { BlueprintError } from "../../../components/core/errors.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { AwsObjectStore } from "../../../components/object-store/aws.ts";
import {
  awsBucketsProblems,
  lookUpAwsBuckets,
} from "../../../components/object-store/aws-existing.ts";
import { GcpObjectStore } from "../../../components/object-store/gcp.ts";
import {
  type GcpBucketFacts,
  gcpBucketsProblems,
  lookUpGcpBuckets,
} from "../../../components/object-store/gcp-existing.ts";
import { awsObjectStoreSpec, gcpObjectStoreSpec } from "../../../components/object-store/schema.ts";
import { existingStack } from "../../../simulator/existing.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { ownership } from "../../support/ownership.ts";

const keyArn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const awsSpec = awsObjectStoreSpec.parse({
  cloud: "aws",
  account: "111122223333",
  region: "us-east-1",
  buckets: { invoices: { existing: { name: "acme-invoices", keyArn } } },
});
const gcpSpec = gcpObjectStoreSpec.parse({
  cloud: "gcp",
  project: "acme-test",
  projectNumber: "123456789012",
  region: "europe-west1",
  buckets: { uploads: { existing: { name: "acme-uploads" } } },
});

test("settings of a bucket that Atoll creates are refused beside it, all at once", () => {
  const { problems } = checkSpec(
    awsObjectStoreSpec,
    {
      ...awsSpec,
      buckets: {
        a: { existing: { name: "A" }, lock: { mode: "governance", days: 1 }, tiering: "automatic" },
      },
    },
    "store",
  );
  assert.deepEqual(problems.map(({ path }) => path).sort(), [
    "store: buckets.a.existing.name",
    "store: buckets.a.lock",
    "store: buckets.a.tiering",
  ]);
});

describe("each check", () => {
  const bucket = { facts: { arn: "arn:aws:s3:::acme-invoices", region: "us-east-1" } };
  const key = {
    facts: {
      arn: keyArn,
      enabled: true,
      state: "Enabled",
      spec: "SYMMETRIC_DEFAULT",
      manager: "CUSTOMER",
    },
  };
  const onAws = (change: object) =>
    awsBucketsProblems(awsSpec, { invoices: { bucket, key, ...change } }).map(
      ({ path, message, got }) => `${path}: ${message} (got ${got})`,
    );

  test("is passed by buckets that have what a cell needs", () => {
    assert.deepEqual(onAws({}), []);
    assert.deepEqual(onGcp({}), []);
  });

  const awsCases: [string, object, RegExp][] = [
    [
      "a bucket that is not found",
      { bucket: { failure: "NotFound" } },
      /name: must name a bucket that can be looked up: NotFound/,
    ],
    [
      "a bucket of another region",
      { bucket: { facts: { ...bucket.facts, region: "us-west-2" } } },
      /^buckets\.invoices\.existing\.name: must be in us-east-1 \(got us-west-2\)/,
    ],
    [
      "a key that is off",
      { key: { facts: { ...key.facts, enabled: false, state: "PendingDeletion" } } },
      /^buckets\.invoices\.existing\.keyArn: must be enabled \(got PendingDeletion\)/,
    ],
    [
      "a key that signs",
      { key: { facts: { ...key.facts, spec: "RSA_2048" } } },
      /keyArn: must be a symmetric key for encryption \(got RSA_2048\)/,
    ],
  ];
  for (const [what, change, message] of awsCases) {
    test(`refuses ${what} on AWS, in one line`, () => {
      const [first, ...others] = onAws(change);
      assert.match(first ?? "", message);
      assert.deepEqual(others, []);
    });
  }

  const facts: GcpBucketFacts = {
    location: "EUROPE-WEST1",
    projectNumber: "123456789012",
    uniformAccess: true,
    publicAccessPrevention: "enforced",
    keyName: "projects/acme-test/locations/europe-west1/keyRings/r/cryptoKeys/k",
  };
  function onGcp(change: Partial<GcpBucketFacts>) {
    return gcpBucketsProblems(gcpSpec, { uploads: { facts: { ...facts, ...change } } }).map(
      ({ message, got }) => `${message} (got ${got})`,
    );
  }
  const gcpCases: [string, Partial<GcpBucketFacts>, RegExp][] = [
    ["a bucket of another location", { location: "EU" }, /^must be in europe-west1 \(got EU\)/],
    ["a bucket of another project", { projectNumber: "1" }, /^must be in the cell's project/],
    [
      "a bucket with object ACLs",
      { uniformAccess: false },
      /^must have uniform bucket-level access/,
    ],
    [
      "a bucket that may be public",
      { publicAccessPrevention: "inherited" },
      /^must have public access prevention enforced \(got inherited\)/,
    ],
    ["a bucket without a key", { keyName: undefined }, /^must have a default Cloud KMS key/],
  ];
  for (const [what, change, message] of gcpCases) {
    test(`refuses ${what} on Google Cloud, in one line`, () => {
      const [first, ...others] = onGcp(change);
      assert.match(first ?? "", message);
      assert.deepEqual(others, []);
    });
  }
});

describe("with the engine", () => {
  let cloud: Rig;
  let refused: unknown;
  before(async () => {
    cloud = await rig();
  });
  after(() => cloud.stop());

  const program = async () => {
    const provider = new aws.Provider("aws", {
      region: "us-east-1",
      allowedAccountIds: ["111122223333"],
    });
    const google = new gcp.Provider("gcp", { project: "acme-test", region: "europe-west1" });
    const facts = await lookUpAwsBuckets(awsSpec, { provider });
    const googleFacts = await lookUpGcpBuckets(gcpSpec, { provider: google });
    try {
      const store = new AwsObjectStore(
        "store",
        { spec: awsSpec, facts, keyArn, ownership, retain: false },
        { providers: { aws: provider } },
      );
      const googleStore = new GcpObjectStore(
        "google-store",
        { spec: gcpSpec, facts: googleFacts, keyName: "unused", ownership, retain: false },
        { providers: { gcp: google } },
      );
      return { invoices: store.buckets.invoices, uploads: googleStore.buckets.uploads };
    } catch (error) {
      refused = error;
      return {};
    }
  };

  test("a bucket that is not found is refused", async () => {
    await cloud.preview(program);
    assert.ok(refused instanceof BlueprintError);
    assert.match(
      refused.message,
      /buckets\.invoices\.existing\.name: must name a bucket that can be/,
    );
    assert.match(refused.message, /buckets\.invoices\.existing\.keyArn: must name a KMS key that/);
  });

  test("one that is found is handed out like one that was created, and stays", async () => {
    cloud.console((console) => {
      console.exist([...existingAwsBuckets(awsSpec), ...existingGcpBuckets(gcpSpec)]);
    });
    const { outputs } = await cloud.preview(program).then(() => cloud.up(program));
    assert.deepEqual(outputs.invoices?.value, {
      bucketName: "acme-invoices",
      uri: "s3://acme-invoices",
      arn: "arn:aws:s3:::acme-invoices",
      keyArn,
    });
    assert.deepEqual(outputs.uploads?.value, {
      bucketName: "acme-uploads",
      uri: "gs://acme-uploads",
    });
    const kinds = (stack: string) =>
      cloud.deployed(stack).filter(({ type }) => /bucket:Bucket$/.test(type)).length;
    assert.deepEqual([kinds("test"), kinds(existingStack)], [2, 2]);
    await cloud.destroy(program);
    assert.deepEqual([kinds("test"), kinds(existingStack)], [0, 2]);
  });
});
