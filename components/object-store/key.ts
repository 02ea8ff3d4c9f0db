/** The key of objects. */
import { useThrough } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

export const objectKey = {
  purpose: "objects",
  // Through S3 for whoever IAM lets read and write objects; replication is among them.
  aws: (place) => [useThrough("ObjectsThroughS3", place, ["s3"])],
} as const satisfies KeyPurpose;
