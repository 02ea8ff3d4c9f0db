/** The resources that together make up one S3 bucket. */
import { statementsOf } from "./iam-document.ts";
import { anyFact, isUnknown } from "./known-values.ts";
import { refersTo, type Stack, type StackResource } from "./stack.ts";

export type Bucket = StackResource<"aws:s3/bucket:Bucket">;

type PartType =
  | "aws:s3/bucketLogging:BucketLogging"
  | "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
  | "aws:s3/bucketPolicy:BucketPolicy"
  | "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
  | "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
  | "aws:s3/bucketVersioning:BucketVersioning";

/** The resources of a type that refer to a bucket, by name or id. */
export function partsOf<T extends PartType>(
  bucket: Bucket,
  type: T,
  stack: Stack,
): StackResource<T>[] {
  return stack
    .all<PartType>(type)
    .filter((part) => names(part, "bucket", bucket)) as unknown as StackResource<T>[];
}

/** Whether a property of a resource is this bucket. */
export function names(
  part: StackResource<PartType | "aws:cloudtrail/trail:Trail">,
  property: string,
  bucket: Bucket,
): boolean {
  return anyFact(
    () => refersTo(part, property as never, bucket, "bucket"),
    () => refersTo(part, property as never, bucket),
  );
}

/**
 * Whether this bucket receives access logs of other buckets. S3 does not support default encryption with a customer managed key for
 * such a bucket, and logging its own requests would be an endless loop.
 */
export function takesLogs(bucket: Bucket, stack: Stack): boolean {
  if (
    stack
      .all("aws:s3/bucketLogging:BucketLogging")
      .some((logging) => names(logging, "targetBucket", bucket))
  ) {
    return true;
  }
  return partsOf(bucket, "aws:s3/bucketPolicy:BucketPolicy", stack)
    .filter(({ props }) => !isUnknown(() => props.policy))
    .flatMap(({ props }) => statementsOf(props.policy))
    .some(
      ({ effect, principals }) =>
        effect === "Allow" && principals.some(({ name }) => name === "logging.s3.amazonaws.com"),
    );
}
