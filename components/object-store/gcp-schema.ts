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
  /** Not on GCP. */
  rpo: z
    .undefined({
      error:
        "must be left out: Google states no recovery point for copies between buckets; most take minutes, those over 1 GiB hours",
    })
    .optional(),
  /** How long until writers of the other cell use its bucket; see components/replication. @default what that takes at least */
  rto: durationText({ max: "30 days" }).optional(),
});

/** "Bucket names cannot contain google or close misspellings, such as g00gle" (Cloud Storage, "About buckets"). */
function gcpBucketKey() {
  return bucketKey().refine((key) => !/g[o0]{2}gl[e3]/.test(key), {
    error: 'must not contain "google" or what looks like it: Google keeps such names to itself',
  });
}

const gcpBucketFields = {
  ...bucketFields,
  /**
   * Days that deleted objects can be brought back by anyone who may list them; 0 is off, otherwise 7 to 90.
   * @default 7
   */
  softDeleteDays: z
    .int()
    .refine((days) => days === 0 || (days >= 7 && days <= 90), {
      error: "must be 0 or a whole number from 7 to 90",
    })
    .default(7),
  /** Where new and changed objects are copied to; deletions are not, nor what was there before. @default nowhere */
  replicateTo: gcpReplicateTo.optional(),
};

/** A bucket that exists already, below `existing:`. */
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
  /** By a key of one's own, which is part of the bucket's name. */
  buckets: z.record(gcpBucketKey(), createdOrExisting(gcpBucket, gcpExistingBucket)),
  accessLogs: z
    .strictObject({
      /** Days that the log of requests is kept; a year is what PCI DSS 10.5.1 asks. @default 365 */
      retentionDays: z.int().min(1).max(36_500).default(365),
    })
    .prefault({}),
};

/** `objectStore` in the manifest of a GCP cell. */
export const gcpObjectStoreSettings = z.strictObject(gcpObjectStoreFields);

/** The same, with what the cell knows beside it. */
export const gcpObjectStoreSpec = z
  .strictObject({
    cloud: z.literal("gcp"),
    project: projectText,
    /** Google names a project's service agents by it. */
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
