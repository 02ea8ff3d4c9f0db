// Constructed states. What these tests cannot prove: that the engine leaves retained resources; other tests of `destroy` do.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ExportedResource } from "../../../cli/engine/exported-state.ts";
import { withoutProtection } from "../../../cli/engine/lift.ts";
import { keysNeeded, releasedIn, stillReleased } from "../../../cli/engine/released.ts";

const resource = (
  type: string,
  name: string,
  outputs: Record<string, unknown> = {},
  id = name,
): ExportedResource => ({ urn: `urn:${name}`, type, id, outputs });

const arn = (key: string) => `arn:aws:kms:us-east-1:111122223333:key/${key}`;

/** A bucket with its settings and key, as AwsBucket and AwsKeys deploy them. */
function s3(name: string, mode: string | undefined, key: string): ExportedResource[] {
  const bucket = `acme-${name}`;
  const rule = { defaultRetention: { mode, days: 365 } };
  const rules = [{ applyServerSideEncryptionByDefault: { kmsMasterKeyId: arn(key) } }];
  const setting = (type: string, more = {}) =>
    resource(`aws:s3/bucket${type}:Bucket${type}`, `${name}-${type}`, { bucket, ...more });
  return [
    resource("aws:s3/bucket:Bucket", name, { bucket }),
    ...(mode === undefined ? [] : [setting("ObjectLockConfiguration", { rule })]),
    ...["Policy", "PublicAccessBlock", "OwnershipControls", "Versioning"].map((each) =>
      setting(each),
    ),
    setting("LifecycleConfiguration"),
    setting("Logging"),
    setting("ServerSideEncryptionConfiguration", { rules }),
  ];
}

const kms = (key: string) => [
  resource("aws:kms/key:Key", key, { arn: arn(key) }),
  resource("aws:kms/alias:Alias", `${key}-alias`, { targetKeyId: key }),
];

describe("a destroy leaves", () => {
  test("a bucket under a compliance lock, its settings, its key and the key's alias", () => {
    const released = releasedIn([
      // The key is in the environment's stack, the bucket in a cell's.
      ...kms("mine"),
      ...kms("other"),
      ...s3("trail", "COMPLIANCE", "mine"),
      ...s3("plain", undefined, "other"),
      ...s3("bypassed", "GOVERNANCE", "other"),
    ]);
    assert.deepEqual([...released].sort(), [
      "urn:mine",
      "urn:mine-alias",
      "urn:trail",
      "urn:trail-LifecycleConfiguration",
      "urn:trail-ObjectLockConfiguration",
      "urn:trail-OwnershipControls",
      "urn:trail-Policy",
      "urn:trail-PublicAccessBlock",
      "urn:trail-ServerSideEncryptionConfiguration",
      "urn:trail-Versioning",
    ]);
  });

  test("a Google Cloud bucket with a locked retention, its key, key ring and the agent's grant", () => {
    const ring = "projects/p/locations/l/keyRings/r";
    const key = (name: string) => [
      resource(
        "gcp:kms/cryptoKey:CryptoKey",
        name,
        { keyRing: ring },
        `${ring}/cryptoKeys/${name}`,
      ),
      resource("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", `${name}-use`, {
        cryptoKeyId: `${ring}/cryptoKeys/${name}`,
      }),
    ];
    const bucket = (name: string, isLocked: boolean, used: string) =>
      resource("gcp:storage/bucket:Bucket", name, {
        name,
        retentionPolicy: { retentionPeriod: "86400", isLocked },
        encryption: { defaultKmsKeyName: `${ring}/cryptoKeys/${used}` },
      });
    const released = releasedIn([
      resource("gcp:kms/keyRing:KeyRing", "ring", {}, ring),
      ...key("objects"),
      ...key("streams"),
      bucket("archive", true, "objects"),
      bucket("open", false, "streams"),
    ]);
    assert.deepEqual([...released].sort(), [
      "urn:archive",
      "urn:objects",
      "urn:objects-use",
      "urn:ring",
    ]);
  });

  test("the key of an archive that no state knows any more, and nothing else of its kind", () => {
    const resources = [...kms("earlier"), ...kms("other"), ...s3("plain", undefined, "other")];
    const released = releasedIn(resources, new Set([arn("earlier")]));
    assert.deepEqual([...released].sort(), ["urn:earlier", "urn:earlier-alias"]);
  });

  test("of another stack the keys that the archives of this one need", () => {
    const cell = [...s3("evidence", "COMPLIANCE", "mine"), ...s3("drafts", undefined, "other")];
    const environment = [
      ...kms("mine"),
      ...kms("other"),
      ...kms("audit"),
      ...s3("trail", "COMPLIANCE", "audit"),
    ];
    const needed = keysNeeded(cell, environment);
    assert.deepEqual(
      needed.map(({ urn }) => urn),
      ["urn:mine"],
    );
  });

  test("what an earlier destroy released, until an update protects the stack again", () => {
    const bucket = resource("aws:s3/bucket:Bucket", "trail", { bucket: "acme-trail" });
    const plain = resource("aws:s3/bucket:Bucket", "plain", { bucket: "acme-plain" });
    const left = [{ ...bucket, retainOnDelete: true }, plain];
    assert.deepEqual(
      stillReleased(left).map(({ urn }) => urn),
      ["urn:trail"],
    );
    assert.deepEqual(stillReleased([...left, { ...plain, protect: true }]), []);
  });

  test("nothing where nothing is locked", () => {
    assert.deepEqual([...releasedIn([...kms("k"), ...s3("b", "GOVERNANCE", "k")])], []);
  });
});

test("what is released is retained and no longer protected", () => {
  const [bucket, alias, plain] = ["a", "b", "c"].map((name) => ({ urn: `urn:${name}`, type: "x" }));
  assert.ok(bucket && alias && plain);
  const resources = [
    { ...bucket, protect: true, retainOnDelete: true },
    alias,
    { ...plain, protect: true, retainOnDelete: true },
  ];
  const released = new Set([bucket.urn, alias.urn]);
  const lifted = withoutProtection({ deployment: { resources } }, released);
  assert.deepEqual(lifted?.deployment?.resources, [
    { ...bucket, retainOnDelete: true },
    { ...alias, retainOnDelete: true },
    plain,
  ]);
  assert.ok(lifted);
  assert.equal(withoutProtection(lifted, released), undefined, "nothing is left to change");
});
