import { z } from "zod";
import { bucketKey } from "./bucket-schema.ts";

/** A setting of cloud buckets that is configured in the on-premises store itself. */
const configuredInStore = (what: string) =>
  z
    .undefined({
      error: `must be omitted on-premises: configure ${what} in the store itself`,
    })
    .optional();

const kubernetesName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "must be 1 to 63 lower case letters, digits and hyphens",
});

const onpremBucket = z.strictObject({
  /** The name of an existing bucket at the endpoint. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    error: "must be the name of a bucket: 3 to 63 lower case letters, digits, hyphens and dots",
  }),
  /** Not supported on-premises. */
  tiering: configuredInStore("tiering"),
  /** Not supported on-premises. */
  lifecycle: configuredInStore("the lifecycle"),
  /** Not supported on-premises. */
  lock: configuredInStore("the lock"),
  /** Not supported on-premises. */
  replicateTo: configuredInStore("replication"),
});

export const onpremObjectStoreFields = {
  /** URL of the S3 API. */
  endpoint: z.url({
    protocol: /^https$/,
    error: 'must be a URL such as "https://objects.example:9000", with TLS',
  }),
  /** The region for request signatures. @default "us-east-1", which stores without regions accept */
  region: z.string().min(1).default("us-east-1"),
  /** Whether to use path-style URLs instead of virtual-hosted-style. @default true */
  pathStyle: z.boolean().default(true),
  /** The Kubernetes secret with the access key, created by External Secrets and never in a manifest. */
  credentials: z.strictObject({
    namespace: kubernetesName,
    /** The Kubernetes secret's name. */
    secret: kubernetesName,
    /** @default "accessKeyId" */
    accessKeyIdKey: z.string().min(1).default("accessKeyId"),
    /** @default "secretAccessKey" */
    secretAccessKeyKey: z.string().min(1).default("secretAccessKey"),
  }),
  /** Buckets by key. */
  buckets: z.record(bucketKey(), onpremBucket),
};

/** `objectStore` in the manifest of an on-premises cell. */
export const onpremObjectStoreSettings = z.strictObject(onpremObjectStoreFields);

/** The settings with the facts of the cell. */
export const onpremObjectStoreSpec = z.strictObject({
  cloud: z.literal("onprem"),
  ...onpremObjectStoreFields,
});
