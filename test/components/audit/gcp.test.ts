// What is registered with the engine. Does not prove that Google accepts it, beyond the schemas of the embedded cloud.
import assert from "node:assert/strict";
import { test } from "node:test";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { gcpAudit, gcpKey } from "./fixture.ts";

const writerIdentity = "serviceAccount:service-123456789012@gcp-sa-logging.iam.gserviceaccount.com";

function audit(settings: object = {}, rest: object = {}): Promise<Registered[]> {
  return inventory(() => gcpAudit(settings, rest), {
    respond: ({ type }) =>
      type === "gcp:logging/projectSink:ProjectSink" ? { writerIdentity } : undefined,
  });
}

const standard = await audit();

test("a trail consists of exactly these resources", () => {
  assert.deepEqual(counts(standard), {
    "atoll:audit:GcpAudit": 1,
    "atoll:object-store:GcpBucket": 1,
    "gcp:logging/projectSink:ProjectSink": 1,
    "gcp:projects/iAMAuditConfig:IAMAuditConfig": 1,
    "gcp:storage/bucket:Bucket": 1,
    "gcp:storage/bucketIAMMember:BucketIAMMember": 1,
  });
  for (const { custom, name, outputs } of standard) if (!custom) assert.ok(outputs, name);
});

test("the archive is locked for six years, which HIPAA requires, with a customer-managed key", () => {
  const { inputs, protect } = only(standard, "gcp:storage/bucket:Bucket");
  assert.deepEqual(inputs.retentionPolicy, {
    retentionPeriod: String(2192 * 86_400),
    isLocked: true,
  });
  assert.deepEqual([inputs.encryption, protect], [{ defaultKmsKeyName: gcpKey }, true]);
});

test("every audit log goes there, with a dedicated writer identity that can only create objects", () => {
  const { inputs } = only(standard, "gcp:logging/projectSink:ProjectSink");
  assert.deepEqual(
    [inputs.destination, inputs.uniqueWriterIdentity],
    ["storage.googleapis.com/prod-audit-acme-prod", true],
  );
  assert.match(String(inputs.filter), /cloudaudit\.googleapis\.com\/data_access/);
  // The sink's own writes would be archived in an endless loop. Writes of others are archived.
  assert.deepEqual(
    (inputs.exclusions as { filter: string }[]).map(({ filter }) => filter),
    [
      'protoPayload.methodName="storage.objects.create" AND protoPayload.resourceName:"projects/_/buckets/prod-audit-acme-prod/objects/" AND protoPayload.authenticationInfo.principalEmail:"@gcp-sa-logging.iam.gserviceaccount.com"',
    ],
  );
  const writer = only(standard, "gcp:storage/bucketIAMMember:BucketIAMMember").inputs;
  assert.deepEqual(
    [writer.bucket, writer.role, writer.member],
    ["prod-audit-acme-prod", "roles/storage.objectCreator", writerIdentity],
  );
});

test("data access is recorded for every service", async () => {
  const { inputs } = only(standard, "gcp:projects/iAMAuditConfig:IAMAuditConfig");
  assert.deepEqual(
    [inputs.service, inputs.auditLogConfigs],
    [
      "allServices",
      [{ logType: "ADMIN_READ" }, { logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
    ],
  );
  const fewer = await audit({ dataAccess: { reads: false } });
  assert.deepEqual(
    only(fewer, "gcp:projects/iAMAuditConfig:IAMAuditConfig").inputs.auditLogConfigs,
    [{ logType: "ADMIN_READ" }, { logType: "DATA_WRITE" }],
  );
});

test("one environment manages a project's data access audit configuration", async () => {
  const second = await audit({ ownsProject: false });
  assert.ok(second.every(({ type }) => type !== "gcp:projects/iAMAuditConfig:IAMAuditConfig"));
  assert.equal(second.length, standard.length - 1);
});

test("an ephemeral environment's archive can be destroyed", async () => {
  const short = await audit({ lifetime: "ephemeral" }, { retain: false });
  const { inputs, protect } = only(short, "gcp:storage/bucket:Bucket");
  // Objects under a retention policy cannot be deleted, even when the policy itself can.
  assert.equal(inputs.retentionPolicy, undefined);
  assert.deepEqual([inputs.forceDestroy, protect], [true, false]);
  const rules = inputs.lifecycleRules as { action: { type: string }; condition: object }[];
  assert.deepEqual(
    rules.filter(({ action }) => action.type === "Delete").map(({ condition }) => condition),
    [
      { daysSinceNoncurrentTime: 1, withState: "ARCHIVED" },
      { age: 1, withState: "LIVE" },
    ],
  );
});

test("guardrails are organisation policies of the given scope", async () => {
  const resources = await audit({ guardrails: "organizations/123456789012" });
  const policies = resources.filter(({ type }) => type === "gcp:orgpolicy/policy:Policy");
  assert.equal(policies.length, 11);
  for (const { inputs } of policies) {
    assert.equal(inputs.parent, "organizations/123456789012");
    assert.match(String(inputs.name), /^organizations\/123456789012\/policies\/[a-z]+\.[A-Za-z]+$/);
  }
  const keys = only(
    resources,
    "gcp:orgpolicy/policy:Policy",
    "audit-guardrails-iam-disableServiceAccountKeyCreation",
  );
  assert.deepEqual(keys.inputs.spec, { rules: [{ enforce: "TRUE" }] });
  assert.deepEqual(refusals(resources), []);
});

test("the schemas of the embedded cloud accept all of it", () => {
  assert.deepEqual(refusals(standard), []);
});
