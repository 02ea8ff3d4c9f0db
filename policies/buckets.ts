/** The resources that together make up one S3 bucket. */
import { statementsOf } from "./iam-document.ts";
import { anyFact, isUnknown } from "./knowns.ts";
import { refersTo, type Stack, type StackResource } from "./stack.ts";

export type Bucket = StackResource<"aws:s3/bucket:Bucket">;

type PartType =
  | "aws:s3/bucketLogging:BucketLogging"
  | "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
  | "aws:s3/bucketPolicy:BucketPolicy"
  | "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
  | "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
  | "aws:s3/bucketVersioning:BucketVersioning";

/** The resources of a type that are about a bucket, which they name by its name or its id. */
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
 * Whether requests to other buckets are logged into this one: S3 then takes no customer key by default, and to log the requests
 * of logging would never end.
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
