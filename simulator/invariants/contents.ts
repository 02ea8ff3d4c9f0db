/** Contents of buckets: a cloud does not delete a bucket that is not empty, unless it is configured to empty it first. */
import { CloudError } from "../errors.ts";
import type { Resolved } from "../references/index.ts";
import type { Resource, Store } from "../store.ts";
import { packageOf } from "../urn.ts";
import { isBag } from "../wire.ts";
import { isLockedForGood } from "./locks.ts";

const bucket = /^(?:aws:s3\/bucket:Bucket|gcp:storage\/bucket:Bucket)$/;

const object = /^(?:aws:s3\/bucketObject(?:v2|Copy)?|gcp:storage\/bucketObject):/;

/** Resources that cause a service to write to a bucket. The written objects stay when the resources are deleted. */
const writers: ReadonlySet<string> = new Set([
  "aws:cfg/deliveryChannel:DeliveryChannel",
  "aws:cloudtrail/trail:Trail",
  "aws:ec2/flowLog:FlowLog",
  "aws:s3/bucketLogging:BucketLogging",
  "gcp:logging/projectSink:ProjectSink",
]);

/** The keys of the referenced buckets that a service writes to because of a resource of this type. */
export function filledBy(type: string, references: readonly Resolved[]): number[] {
  if (!writers.has(type)) return [];
  const into = references.filter(
    ({ property, target }) => bucket.test(target.type) && property !== "bucket",
  );
  return [...new Set(into.map(({ target }) => target.key))];
}

/**
 * @throws CloudError when a bucket is not empty and must not be emptied. No time passes in a rehearsal: objects under a retention
 * policy of Google Cloud or a compliance lock of S3 stay.
 */
export function contents({ key, type, id, state }: Resource, store: Store): void {
  if (!bucket.test(type)) return;
  const kept = packageOf(type) === "gcp" && isBag(state.retentionPolicy);
  const locked = packageOf(type) === "aws" && isLockedForGood(key, store);
  if (state.forceDestroy === true && !kept && !locked) return;
  const held = store.referrers(key).find(({ resource }) => object.test(resource.type));
  const what = held?.resource.urn ?? store.fillersOf(key)[0];
  if (what === undefined) return;
  if (kept) {
    throw new CloudError(
      "conflict",
      `Error deleting contents of bucket ${id}: its retention policy keeps them (from ${what})`,
    );
  }
  if (locked && state.forceDestroy === true) {
    throw new CloudError(
      "AccessDenied",
      `Access Denied because object protected by object lock (bucket ${id}, from ${what})`,
    );
  }
  if (packageOf(type) === "gcp") {
    throw new CloudError(
      "conflict",
      `Error trying to delete bucket ${id} containing objects without forceDestroy set to true (from ${what})`,
    );
  }
  throw new CloudError(
    "BucketNotEmpty",
    `The bucket ${id} you tried to delete is not empty: forceDestroy empties it (from ${what})`,
  );
}
