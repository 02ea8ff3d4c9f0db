import { z } from "zod";
import { kmsKeyArn } from "../core/aws-key-schema.ts";
import { accountText, regionText } from "../core/cloud.ts";
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

/** S3 Replication Time Control: 99.9 percent of objects (its service level agreement, 2026-08). */
const fastestS3 = "15 minutes";

const awsReplicateTo = z.strictObject({
  /** A cell of the same environment and account that has a bucket under the same key. */
  cell: replicationCell,
  /** Recovery point objective. Below one day it enables S3 Replication Time Control, which has a fee. */
  rpo: durationText({ min: fastestS3, max: "30 days" }).default(fastestS3),
  /** Recovery time objective: how long until writers use the target cell's bucket. See components/replication. @default the mechanism's minimum */
  rto: durationText({ max: "30 days" }).optional(),
});

const awsBucketFields = {
  ...bucketFields,
  /** The target of new objects and deletions. @default no replication */
  replicateTo: awsReplicateTo.optional(),
};

/** An existing bucket, below `existing:`. */
export const awsExistingBucketSettings = z.strictObject({
  /** Its name. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    error: "must be the name of a bucket",
  }),
  /** The KMS key of its objects, for workloads with a grant for the bucket. @default SSE-S3 */
  keyArn: kmsKeyArn.optional(),
});

const awsExistingBucket = z.strictObject({
  /** Nothing of it is created, changed or deleted. */
  existing: awsExistingBucketSettings,
  ...notBesideExisting(awsBucketFields, "a bucket"),
});

const awsBucket = z.strictObject(awsBucketFields).superRefine((bucket, context) => {
  for (const { path, message, got } of bucketProblems(bucket)) {
    context.addIssue({ code: "custom", path: [...path], message, input: got });
  }
});

export const awsObjectStoreFields = {
  /** Buckets by key. The key is part of the bucket's name. */
  buckets: z.record(bucketKey(), createdOrExisting(awsBucket, awsExistingBucket)),
  accessLogs: z
    .strictObject({
      /** Retention of access logs in days. @default 365, as PCI DSS 10.5.1 requires */
      retentionDays: z.int().min(1).max(36_500).default(365),
    })
    .prefault({}),
};

/** `objectStore` in the manifest of an AWS cell. */
export const awsObjectStoreSettings = z.strictObject(awsObjectStoreFields);

/** The settings with the facts of the cell. */
export const awsObjectStoreSpec = z
  .strictObject({
    cloud: z.literal("aws"),
    account: accountText,
    ...storeFacts,
    region: regionText("aws"),
    ...awsObjectStoreFields,
  })
  .superRefine((spec, context) => {
    for (const { path, message, got } of storeProblems({ ...spec, owner: spec.account })) {
      context.addIssue({ code: "custom", path: [...path], message, input: got });
    }
  });

export type AwsBucketSettings = z.output<typeof awsBucket>;
