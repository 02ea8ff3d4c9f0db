import * as pulumi from "@pulumi/pulumi";
import type { TenantBucket } from "./contract.ts";
import type { OnpremTenantObjectStoreSpec } from "./schema.ts";

/** The tenant's buckets at the endpoint of the site. They are only referenced. */
export function build({ buckets }: OnpremTenantObjectStoreSpec): {
  readonly buckets: Readonly<Record<string, TenantBucket>>;
} {
  return {
    buckets: Object.fromEntries(
      Object.entries(buckets).map(([key, { name, prefix = "" }]) => [
        key,
        {
          bucketName: pulumi.output(name),
          folder: prefix === "" ? undefined : prefix,
          uri: pulumi.output(`s3://${name}/${prefix}`),
        },
      ]),
    ),
  };
}
