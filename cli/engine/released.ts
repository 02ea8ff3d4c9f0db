/**
 * Which resources a destroy leaves in the clouds: buckets whose objects nobody can delete before their retention ends, their settings,
 * and the keys without which they cannot be read. Pure.
 */
import { staysAfterDestroy } from "../../components/core/kept.ts";
import type { ExportedResource } from "./exported-state.ts";

export interface Released {
  /** URNs of the resources that stay. */
  readonly urns: ReadonlySet<string>;
  /** Those of keys that only archives need that were released earlier. */
  readonly keptEarlier: ReadonlySet<string>;
  /** The keys that the released archives need: of the environment, too, while only a cell is destroyed. */
  readonly keys: readonly ExportedResource[];
}

type Bag = Readonly<Record<string, unknown>>;

const s3 = "aws:s3/bucket:Bucket";
const lockType = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const encryptionType =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const gcs = "gcp:storage/bucket:Bucket";

/** Settings of a bucket that go with it. Without them it could be public, unencrypted or never expire. Access logs end. */
const settings: ReadonlySet<string> = new Set([
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  lockType,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  encryptionType,
  "aws:s3/bucketVersioning:BucketVersioning",
]);

/** What belongs to a key, and the property that names it. */
const ofKeys: Readonly<Record<string, string>> = {
  "aws:kms/alias:Alias": "targetKeyId",
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": "cryptoKeyId",
};

/**
 * The URNs of what stays, by the states of all stacks of an environment: a cell's archive is encrypted with a key of the environment.
 *
 * @param kept ARNs or names of keys that archives need of which no state knows any more
 */
export function releasedIn(
  resources: readonly ExportedResource[],
  kept: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const buckets = lockedBuckets(resources);
  const used = new Set<unknown>([...kept, ...buckets.flatMap(keysOf)]);
  const keys = resources.filter((each) => isKey(each.type) && used.has(nameOfKey(each)));
  const rings = new Set<unknown>(keys.flatMap(({ outputs = {} }) => outputs.keyRing ?? []));
  const ids = new Set<unknown>(keys.map(({ id }) => id));
  const alongside = resources.filter(({ type, id, outputs = {} }) => {
    const property = ofKeys[type];
    if (property !== undefined) return ids.has(outputs[property]);
    return type === "gcp:kms/keyRing:KeyRing" && rings.has(id);
  });
  return new Set([...buckets, ...keys, ...alongside].map(({ urn }) => urn));
}

/**
 * What an earlier destroy released in a stack that it has lifted, and left in its state. Without the settings that are gone from the
 * state by then, a bucket does not look locked.
 */
export function stillReleased(resources: readonly ExportedResource[]): ExportedResource[] {
  // An update since then protects and retains stateful resources again.
  if (resources.some(({ protect }) => protect)) return [];
  return resources.filter(({ type, retainOnDelete }) => retainOnDelete && !staysAfterDestroy(type));
}

/** The keys among `candidates` that the locked buckets among `resources` need. */
export function keysNeeded(
  resources: readonly ExportedResource[],
  candidates: readonly ExportedResource[],
): ExportedResource[] {
  const used = new Set(lockedBuckets(resources).flatMap(keysOf));
  return candidates.filter((each) => isKey(each.type) && used.has(nameOfKey(each)));
}

/** The buckets whose objects nobody can delete, with their settings. */
function lockedBuckets(resources: readonly ExportedResource[]): ExportedResource[] {
  const locked = resources.filter(({ type, outputs = {} }) =>
    type === lockType ? isCompliance(outputs) : type === gcs && isLocked(outputs),
  );
  const names = new Set<unknown>(
    locked.flatMap(({ outputs = {} }) => outputs.bucket ?? outputs.name ?? []),
  );
  return resources.filter(
    ({ type, outputs = {} }) =>
      (type === s3 && names.has(outputs.bucket)) ||
      (type === gcs && isLocked(outputs)) ||
      (settings.has(type) && names.has(outputs.bucket)),
  );
}

/** The resources to name: the buckets and the keys. */
export function isNamedWhenReleased(type: string): boolean {
  return type === s3 || type === gcs || isKey(type);
}

/** What the settings of buckets name a key by: its ARN on AWS, its resource name on Google Cloud. */
export function nameOfKey({ type, id, outputs = {} }: ExportedResource): string {
  return String(type === "gcp:kms/cryptoKey:CryptoKey" ? id : outputs.arn);
}

export function isKey(type: string): boolean {
  return /^(?:aws:kms\/\w*[kK]ey|gcp:kms\/cryptoKey):/.test(type);
}

function isCompliance({ rule }: Bag): boolean {
  return bag(bag(rule).defaultRetention).mode === "COMPLIANCE";
}

function isLocked({ retentionPolicy }: Bag): boolean {
  return bag(retentionPolicy).isLocked === true;
}

function keysOf({ outputs = {} }: ExportedResource): unknown[] {
  const rules = Array.isArray(outputs.rules) ? outputs.rules : [];
  const byRule = rules.map(
    (rule) => bag(bag(rule).applyServerSideEncryptionByDefault).kmsMasterKeyId,
  );
  return [...byRule, bag(outputs.encryption).defaultKmsKeyName].filter(
    (key) => typeof key === "string" && key !== "",
  );
}

function bag(value: unknown): Bag {
  return typeof value === "object" && value !== null ? (value as Bag) : {};
}
