import { z } from "zod";
import { projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { createdOrExisting, notBesideExisting } from "../core/existing.ts";
import { durationText } from "../core/units.ts";
import {
  bucketFields,
  bucketKey,
  bucketProblems,
  replicationCell,
  storeFacts,
  storeProblems,
} from "./bucket-schema.ts";

/** Cross-bucket replication: "no recovery point objective" (Storage Transfer Service documentation, 2026-08). */
const gcpReplicateTo = z.strictObject({
  cell: replicationCell,
  /** Not supported on GCP. */
  rpo: z
    .undefined({
      error:
        "must be omitted: Google states no recovery point for cross-bucket replication; most objects take minutes, those over 1 GiB hours",
    })
    .optional(),
  /** Recovery time objective: how long until writers use the target cell's bucket. See components/replication. @default the mechanism's minimum */
  rto: durationText({ max: "30 days" }).optional(),
});

/** "Bucket names cannot contain google or close misspellings, such as g00gle" (Cloud Storage, "About buckets"). */
function gcpBucketKey() {
  return bucketKey().refine((key) => !/g[o0]{2}gl[e3]/.test(key), {
    error: 'must not contain "google" or close misspellings: Google reserves such names',
  });
}

const gcpBucketFields = {
  ...bucketFields,
  /**
   * Soft delete retention in days: 0 is off, otherwise 7 to 90.
   * @default 7
   */
  softDeleteDays: z
    .int()
    .refine((days) => days === 0 || (days >= 7 && days <= 90), {
      error: "must be 0 or a whole number from 7 to 90",
    })
    .default(7),
  /** The target of new and changed objects. Deletions and existing objects are not replicated. @default no replication */
  replicateTo: gcpReplicateTo.optional(),
};

/** An existing bucket, below `existing:`. */
export const gcpExistingBucketSettings = z.strictObject({
  /** Its name. */
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, {
    error: "must be the name of a bucket",
  }),
});

const gcpExistingBucket = z.strictObject({
  /** Nothing of it is created, changed or deleted. */
  existing: gcpExistingBucketSettings,
  ...notBesideExisting(gcpBucketFields, "a bucket"),
});

const gcpBucket = z.strictObject(gcpBucketFields).superRefine((bucket, context) => {
  for (const { path, message, got } of bucketProblems(bucket)) {
    context.addIssue({ code: "custom", path: [...path], message, input: got });
  }
});

export const gcpObjectStoreFields = {
  /** Buckets by key. The key is part of the bucket's name. */
  buckets: z.record(gcpBucketKey(), createdOrExisting(gcpBucket, gcpExistingBucket)),
  accessLogs: z
    .strictObject({
      /** Retention of access logs in days. @default 365, as PCI DSS 10.5.1 requires */
      retentionDays: z.int().min(1).max(36_500).default(365),
    })
    .prefault({}),
};

/** `objectStore` in the manifest of a GCP cell. */
export const gcpObjectStoreSettings = z.strictObject(gcpObjectStoreFields);

/** The settings with the facts of the cell. */
export const gcpObjectStoreSpec = z
  .strictObject({
    cloud: z.literal("gcp"),
    project: projectText,
    /** Google Cloud uses it in the names of a project's service agents. */
    projectNumber: projectNumberText,
    ...storeFacts,
    region: regionText("gcp"),
    ...gcpObjectStoreFields,
  })
  .superRefine((spec, context) => {
    for (const { path, message, got } of storeProblems({ ...spec, owner: spec.project })) {
      context.addIssue({ code: "custom", path: [...path], message, input: got });
    }
  });

export type GcpBucketSettings = z.output<typeof gcpBucket>;
