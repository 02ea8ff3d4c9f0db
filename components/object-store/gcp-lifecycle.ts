import type { types } from "@pulumi/gcp";
import type { GcpBucketSettings } from "./gcp-schema.ts";

type Rule = types.input.storage.BucketLifecycleRule;

/** The lifecycle rules of a bucket. Autoclass excludes transition rules. */
export function lifecycleRules({
  lifecycle,
  lock,
}: Pick<GcpBucketSettings, "lifecycle" | "lock">): Rule[] {
  const { infrequentAfterDays, archiveAfterDays, expireAfterDays } = lifecycle;
  return [
    {
      action: { type: "AbortIncompleteMultipartUpload" },
      condition: { age: lifecycle.abortUploadsAfterDays },
    },
    // Locked buckets have no versioning.
    ...(lock
      ? []
      : [
          {
            action: { type: "Delete" },
            condition: {
              daysSinceNoncurrentTime: lifecycle.oldVersionsDays,
              withState: "ARCHIVED",
            },
          },
        ]),
    ...move(infrequentAfterDays, "NEARLINE"),
    ...move(archiveAfterDays, "ARCHIVE"),
    ...(expireAfterDays === undefined
      ? []
      : [{ action: { type: "Delete" }, condition: { age: expireAfterDays, withState: "LIVE" } }]),
  ];
}

function move(age: number | undefined, storageClass: string): Rule[] {
  return age === undefined
    ? []
    : [{ action: { type: "SetStorageClass", storageClass }, condition: { age } }];
}
