import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** The common interface of a bucket on every cloud. */
export interface BucketContract {
  /** Physical name. */
  readonly bucketName: pulumi.Output<string>;
  /** `s3://<bucket>` or `gs://<bucket>`. */
  readonly uri: pulumi.Output<string>;
}

/** The common interface of the object store on every cloud. */
export interface ObjectStoreContract {
  readonly cloud: Cloud;
  /** By key in the manifest. */
  readonly buckets: Readonly<Record<string, BucketContract>>;
}
