// Registered resources. The embedded cloud's schemas validate them; whether Google Cloud accepts them is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GcpStorageAgents } from "../../../components/object-store/gcp-agents.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { gcpKey, gcpStore } from "./fixture.ts";

const agentOf = (token: string) =>
  token === "gcp:storage/getProjectServiceAccount:getProjectServiceAccount"
    ? {
        emailAddress: "service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
        member: "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
        id: "agent",
      }
    : token === "gcp:storage/getTransferProjectServiceAccount:getTransferProjectServiceAccount"
      ? {
          member:
            "serviceAccount:project-123456789012@storage-transfer-service.iam.gserviceaccount.com",
        }
      : undefined;

function store(settings: object = {}, rest: object = {}): Promise<Registered[]> {
  return inventory(() => gcpStore(settings, rest));
}

const standard = await store();

test("a store of one bucket consists of exactly these resources", () => {
  assert.deepEqual(counts(standard), {
    "atoll:object-store:GcpBucket": 2,
    "atoll:object-store:GcpObjectStore": 1,
    "gcp:storage/bucket:Bucket": 2,
    "gcp:storage/bucketIAMMember:BucketIAMMember": 1,
  });
  for (const { custom, name, outputs } of standard) if (!custom) assert.ok(outputs, name);
});

describe("a bucket", () => {
  const { inputs, protect } = only(standard, "gcp:storage/bucket:Bucket", "store-uploads");

  test("has a globally unique name, is in one region, and is retained", () => {
    assert.deepEqual(
      [inputs.name, inputs.location, inputs.forceDestroy, protect],
      ["prod-gcp-euw1-uploads-acme-prod", "EUROPE-WEST1", false, true],
    );
  });

  test("has no public access, IAM permissions only, one key and versioning", () => {
    assert.deepEqual(
      [inputs.publicAccessPrevention, inputs.uniformBucketLevelAccess],
      ["enforced", true],
    );
    assert.deepEqual(inputs.encryption, { defaultKmsKeyName: gcpKey });
    assert.deepEqual(inputs.versioning, { enabled: true });
    assert.equal(inputs.retentionPolicy, undefined);
    assert.deepEqual(inputs.softDeletePolicy, { retentionDurationSeconds: 604_800 });
  });

  test("always deletes incomplete uploads and old versions", () => {
    assert.deepEqual(inputs.lifecycleRules, [
      { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
      {
        action: { type: "Delete" },
        condition: { daysSinceNoncurrentTime: 30, withState: "ARCHIVED" },
      },
    ]);
  });

  test("logs to the bucket for access logs, which accepts them from Google's log writers only", () => {
    assert.deepEqual(inputs.logging, {
      logBucket: "prod-gcp-euw1-access-logs-acme-prod",
      logObjectPrefix: "prod-gcp-euw1-uploads-acme-prod",
    });
    const writers = only(standard, "gcp:storage/bucketIAMMember:BucketIAMMember").inputs;
    assert.deepEqual(
      [writers.bucket, writers.role, writers.member],
      [
        "prod-gcp-euw1-access-logs-acme-prod",
        "roles/storage.objectCreator",
        "group:cloud-storage-analytics@google.com",
      ],
    );
  });

  test("of an ephemeral environment is deleted with its objects", async () => {
    const short = await store({}, { retain: false });
    const bucket = only(short, "gcp:storage/bucket:Bucket", "store-uploads");
    assert.deepEqual([bucket.inputs.forceDestroy, bucket.protect], [true, false]);
  });
});

test("objects transition by age, expire, or use Autoclass", async () => {
  const resources = await store({
    buckets: {
      old: { lifecycle: { infrequentAfterDays: 30, archiveAfterDays: 90, expireAfterDays: 400 } },
      any: { tiering: "automatic", softDeleteDays: 0 },
    },
  });
  assert.deepEqual(refusals(resources), []);
  const old = only(resources, "gcp:storage/bucket:Bucket", "store-old").inputs;
  assert.deepEqual((old.lifecycleRules as object[]).slice(2), [
    { action: { type: "SetStorageClass", storageClass: "NEARLINE" }, condition: { age: 30 } },
    { action: { type: "SetStorageClass", storageClass: "ARCHIVE" }, condition: { age: 90 } },
    { action: { type: "Delete" }, condition: { age: 400, withState: "LIVE" } },
  ]);
  const any = only(resources, "gcp:storage/bucket:Bucket", "store-any").inputs;
  assert.deepEqual(any.autoclass, { enabled: true, terminalStorageClass: "ARCHIVE" });
  assert.doesNotMatch(JSON.stringify(any.lifecycleRules), /SetStorageClass/);
});

test("a locked bucket has a retention policy instead of versioning, which is permanent only in compliance mode", async () => {
  for (const mode of ["governance", "compliance"] as const) {
    const resources = await store({ buckets: { contracts: { lock: { mode, days: 366 } } } });
    assert.deepEqual(refusals(resources), []);
    const { inputs } = only(resources, "gcp:storage/bucket:Bucket", "store-contracts");
    assert.deepEqual(inputs.versioning, { enabled: false });
    assert.deepEqual(inputs.retentionPolicy, {
      retentionPeriod: "31622400",
      isLocked: mode === "compliance",
    });
  }
});

test("an ephemeral environment locks no bucket, whose objects could not be destroyed", async () => {
  const resources = await store(
    { buckets: { contracts: { lock: { mode: "governance", days: 366 } } }, lifetime: "ephemeral" },
    { retain: false },
  );
  const { inputs } = only(resources, "gcp:storage/bucket:Bucket", "store-contracts");
  assert.deepEqual(
    [inputs.retentionPolicy, inputs.versioning, inputs.forceDestroy],
    [undefined, { enabled: true }, true],
  );
});

describe("replication", async () => {
  const resources = await store({ buckets: { uploads: { replicateTo: { cell: "gcp-euw4" } } } });

  test("is a job to the bucket with the same key in the other cell, after the grants of its agent", () => {
    const { inputs, dependsOn } = only(resources, "gcp:storage/transferJob:TransferJob");
    const { gcsDataSource, gcsDataSink } = inputs.replicationSpec as Record<string, unknown>;
    assert.deepEqual(
      [gcsDataSource, gcsDataSink],
      [
        { bucketName: "prod-gcp-euw1-uploads-acme-prod" },
        { bucketName: "prod-gcp-euw4-uploads-acme-prod" },
      ],
    );
    assert.equal(dependsOn.filter((urn) => urn.includes("IAMMember")).length, 4);
    assert.equal(inputs.name, "", "Google names jobs that replicate");
  });

  test("grants the agents the required roles only", () => {
    const grants = resources
      .filter(({ type, name }) => type.endsWith(":BucketIAMMember") && name.includes("replication"))
      .map(({ inputs }) => [inputs.bucket, inputs.role])
      .sort();
    assert.deepEqual(grants, [
      ["prod-gcp-euw1-uploads-acme-prod", "roles/storage.legacyBucketOwner"],
      ["prod-gcp-euw1-uploads-acme-prod", "roles/storage.objectViewer"],
      ["prod-gcp-euw4-uploads-acme-prod", "roles/storage.legacyBucketWriter"],
      ["prod-gcp-euw4-uploads-acme-prod", "roles/storage.objectViewer"],
    ]);
  });

  test("is accepted by the embedded cloud's schemas", () => {
    assert.deepEqual(refusals(resources), []);
  });
});

test("the agents of a project can use its keys and Pub/Sub notifications, and nothing else", async () => {
  const resources = await inventory(
    () =>
      new GcpStorageAgents("agents", {
        ownership,
        project: "acme-prod",
        keyNames: { "europe-west1": gcpKey },
      }),
    { invoke: agentOf },
  );
  const storage = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com";
  assert.deepEqual(
    resources
      .filter(({ custom }) => custom)
      .map(({ name, inputs }) => [name, inputs.role, inputs.member])
      .sort(),
    [
      ["agents-europe-west1", "roles/cloudkms.cryptoKeyEncrypterDecrypter", storage],
      ["agents-storage-events", "roles/pubsub.publisher", storage],
      [
        "agents-transfer-events",
        "roles/pubsub.editor",
        "serviceAccount:project-123456789012@storage-transfer-service.iam.gserviceaccount.com",
      ],
    ],
  );
  assert.deepEqual(refusals(resources), []);
});

test("two environments of a project grant its agents apart: none takes the other's grant away", async () => {
  const grantsOf = async (environment: string) => {
    const resources = await inventory(
      () =>
        new GcpStorageAgents("agents", {
          ownership: { ...ownership, environment },
          project: "acme-prod",
          keyNames: {},
        }),
      { invoke: agentOf },
    );
    assert.deepEqual(refusals(resources), []);
    const members = resources.filter(({ type }) => type === "gcp:projects/iAMMember:IAMMember");
    assert.equal(members.length, 2);
    return members.map(({ inputs: { project, role, member, condition } }) =>
      JSON.stringify([project, role, member, condition]),
    );
  };
  const [prod, staging] = [await grantsOf("prod"), await grantsOf("staging")];
  assert.deepEqual(prod, await grantsOf("prod"));
  assert.deepEqual(
    prod.filter((grant) => staging.includes(grant)),
    [],
  );
});

test("the schemas of the embedded cloud accept everything", () => {
  assert.deepEqual(refusals(standard), []);
});

test("a locked retention stays when the protection of an environment is lifted", async () => {
  const lock = { mode: "compliance", days: 366 };
  const resources = await store({ buckets: { contracts: { lock } } }, { retain: false });
  const { inputs } = only(resources, "gcp:storage/bucket:Bucket", "store-contracts");
  assert.deepEqual(
    [inputs.retentionPolicy, inputs.forceDestroy],
    [{ retentionPeriod: "31622400", isLocked: true }, false],
  );
});
