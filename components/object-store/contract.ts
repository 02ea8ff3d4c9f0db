import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** What a bucket of every cloud has. */
export interface BucketContract {
  /** Physical name. */
  readonly bucketName: pulumi.Output<string>;
  /** `s3://<bucket>` or `gs://<bucket>`. */
  readonly uri: pulumi.Output<string>;
}

/** What the object store of every cloud has. */
export interface ObjectStoreContract {
  readonly cloud: Cloud;
  /** By the key that the manifest gives each. */
  readonly buckets: Readonly<Record<string, BucketContract>>;
}
