/** The purpose of the key for objects. */
import { useThrough } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

export const objectKey = {
  purpose: "objects",
  // Through S3, for principals that IAM allows to read and write objects, including replication.
  aws: (place) => [useThrough("ObjectsThroughS3", place, ["s3"])],
} as const satisfies KeyPurpose;
