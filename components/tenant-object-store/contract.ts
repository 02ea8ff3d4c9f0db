import type * as pulumi from "@pulumi/pulumi";

/** A bucket of a tenant, or its folder in a shared one. */
export interface TenantBucket {
  readonly bucketName: pulumi.Output<string>;
  /** The folder in the bucket, with a slash at its end. Undefined if the bucket is the tenant's own. */
  readonly folder: string | undefined;
  /** `s3://<bucket>/<folder>` or `gs://...`. */
  readonly uri: pulumi.Output<string>;
}
