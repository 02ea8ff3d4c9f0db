/** Requirements of S3 replication and Object Lock, and of deliveries by CloudTrail and Config. */
import { CloudError } from "../errors.ts";
import type { Resource } from "../store.ts";
import { isBag } from "../wire.ts";
import type { Change, Invariant } from "./invariant.ts";

const bucketType = "aws:s3/bucket:Bucket";

/** The buckets that a change refers to in a property, or below it. */
function bucketsOf({ references }: Change, property: RegExp): Resource[] {
  return references
    .filter(
      (reference) => reference.target.type === bucketType && property.test(reference.property),
    )
    .map(({ target }) => target);
}

function versioned({ store }: Change, bucket: Resource): boolean {
  return store
    .referrers(bucket.key, "aws:s3/bucketVersioning:BucketVersioning")
    .some(({ resource }) => {
      const { versioningConfiguration } = resource.state;
      return isBag(versioningConfiguration) && versioningConfiguration.status === "Enabled";
    });
}

/** @throws CloudError when a bucket of either end has no versioning. */
export const replicationConfig: Invariant = (change) => {
  for (const bucket of bucketsOf(change, /^bucket$/)) {
    if (versioned(change, bucket)) continue;
    throw new CloudError(
      "InvalidRequest",
      `Versioning must be 'Enabled' on the bucket ${bucket.id} to apply a replication configuration`,
    );
  }
  for (const bucket of bucketsOf(change, /destination\.bucket$/)) {
    if (versioned(change, bucket)) continue;
    throw new CloudError(
      "InvalidRequest",
      `Destination bucket ${bucket.id} must have versioning enabled`,
    );
  }
};

/** @throws CloudError when the bucket has no versioning; one created with Object Lock has it. */
export const objectLock: Invariant = (change) => {
  for (const bucket of bucketsOf(change, /^bucket$/)) {
    if (bucket.state.objectLockEnabled === true || versioned(change, bucket)) continue;
    throw new CloudError(
      "InvalidBucketState",
      `Versioning must be 'Enabled' on the bucket ${bucket.id} to apply an Object Lock configuration`,
    );
  }
};

/** Whether the bucket's policy mentions a service; its exact grants are not checked. */
function lets({ store }: Change, bucket: Resource, service: string): boolean {
  return store
    .referrers(bucket.key, "aws:s3/bucketPolicy:BucketPolicy")
    .some(({ resource }) => String(resource.state.policy).includes(service));
}

/** @throws CloudError when the bucket's policy does not allow CloudTrail. */
export const trail: Invariant = (change) => {
  for (const bucket of bucketsOf(change, /^s3BucketName$/)) {
    if (lets(change, bucket, "cloudtrail.amazonaws.com")) continue;
    throw new CloudError(
      "InsufficientS3BucketPolicyException",
      `Incorrect S3 bucket policy is detected for bucket: ${bucket.id}`,
    );
  }
};

/** @throws CloudError when there is no recorder, or the bucket's policy does not allow Config. */
export const deliveryChannel: Invariant = (change) => {
  if (change.store.countOfType("aws:cfg/recorder:Recorder", change.place.key) === 0) {
    throw new CloudError(
      "NoAvailableConfigurationRecorderException",
      "Configuration recorder is not available to put delivery channel",
    );
  }
  for (const bucket of bucketsOf(change, /^s3BucketName$/)) {
    if (lets(change, bucket, "config.amazonaws.com")) continue;
    throw new CloudError(
      "InsufficientDeliveryPolicyException",
      `Insufficient delivery policy to s3 bucket: ${bucket.id}, unable to write to bucket`,
    );
  }
};

/** @throws CloudError when a recorder is started without a delivery channel. */
export const recorderStatus: Invariant = ({ store, place, inputs }) => {
  if (inputs.isEnabled !== true) return;
  if (store.countOfType("aws:cfg/deliveryChannel:DeliveryChannel", place.key) > 0) return;
  throw new CloudError(
    "NoAvailableDeliveryChannelException",
    "Delivery channel is not available to start configuration recorder",
  );
};
