/** What has to stand before S3 copies objects or locks them, and before CloudTrail and Config deliver. */
import { CloudError } from "../errors.ts";
import type { Resource } from "../store.ts";
import { isBag } from "../wire.ts";
import type { Change, Invariant } from "./invariant.ts";

const bucketType = "aws:s3/bucket:Bucket";

/** The buckets that a change refers to by a property, or anywhere below it. */
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

/** @throws CloudError when either end keeps no versions. */
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

/** @throws CloudError when the bucket keeps no versions; one that was made with a lock keeps them. */
export const objectLock: Invariant = (change) => {
  for (const bucket of bucketsOf(change, /^bucket$/)) {
    if (bucket.state.objectLockEnabled === true || versioned(change, bucket)) continue;
    throw new CloudError(
      "InvalidBucketState",
      `Versioning must be 'Enabled' on the bucket ${bucket.id} to apply an Object Lock configuration`,
    );
  }
};

/** Whether the bucket's policy speaks of a service at all; what exactly it grants is not looked at. */
function lets({ store }: Change, bucket: Resource, service: string): boolean {
  return store
    .referrers(bucket.key, "aws:s3/bucketPolicy:BucketPolicy")
    .some(({ resource }) => String(resource.state.policy).includes(service));
}

/** @throws CloudError when the bucket's policy does not know CloudTrail. */
export const trail: Invariant = (change) => {
  for (const bucket of bucketsOf(change, /^s3BucketName$/)) {
    if (lets(change, bucket, "cloudtrail.amazonaws.com")) continue;
    throw new CloudError(
      "InsufficientS3BucketPolicyException",
      `Incorrect S3 bucket policy is detected for bucket: ${bucket.id}`,
    );
  }
};

/** @throws CloudError when there is no recorder, or the bucket's policy does not know Config. */
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

/** @throws CloudError when a recorder is to start with nowhere to deliver to. */
export const recorderStatus: Invariant = ({ store, place, inputs }) => {
  if (inputs.isEnabled !== true) return;
  if (store.countOfType("aws:cfg/deliveryChannel:DeliveryChannel", place.key) > 0) return;
  throw new CloudError(
    "NoAvailableDeliveryChannelException",
    "Delivery channel is not available to start configuration recorder",
  );
};
