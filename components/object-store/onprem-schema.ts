import { z } from "zod";
import { bucketKey } from "./bucket-schema.ts";

/** A setting of the clouds' buckets that a store of one's own is set up with at its own console. */
const ownConsole = (what: string) =>
  z
    .undefined({
      error: `must be left out: ${what} of a store of one's own is set where it is run`,
    })
    .optional();

const kubernetesName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "must be 1 to 63 lower case letters, digits and hyphens",
});

const onpremBucket = z.strictObject({
  /** The bucket's name at the endpoint; it exists already. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    error: "must be the name of a bucket: 3 to 63 lower case letters, digits, hyphens and dots",
  }),
  /** Not on premises. */
  tiering: ownConsole("tiering"),
  /** Not on premises. */
  lifecycle: ownConsole("the lifecycle"),
  /** Not on premises. */
  lock: ownConsole("the lock"),
  /** Not on premises. */
  replicateTo: ownConsole("replication"),
});

export const onpremObjectStoreFields = {
  /** Where the S3 interface answers. */
  endpoint: z.url({
    protocol: /^https$/,
    error: 'must be a URL such as "https://objects.example:9000", with TLS',
  }),
  /** What requests are signed for. @default "us-east-1", which stores without regions take */
  region: z.string().min(1).default("us-east-1"),
  /** Whether the bucket is named in the path, not in the host name. @default true */
  pathStyle: z.boolean().default(true),
  /** The secret that holds the access key, made in the cluster by External Secrets: never in a manifest. */
  credentials: z.strictObject({
    namespace: kubernetesName,
    /** The Kubernetes secret's name. */
    secret: kubernetesName,
    /** @default "accessKeyId" */
    accessKeyIdKey: z.string().min(1).default("accessKeyId"),
    /** @default "secretAccessKey" */
    secretAccessKeyKey: z.string().min(1).default("secretAccessKey"),
  }),
  /** By a key of one's own. */
  buckets: z.record(bucketKey(), onpremBucket),
};

/** `objectStore` in the manifest of an on-premises cell. */
export const onpremObjectStoreSettings = z.strictObject(onpremObjectStoreFields);

/** The same, with what the cell knows beside it. */
export const onpremObjectStoreSpec = z.strictObject({
  cloud: z.literal("onprem"),
  ...onpremObjectStoreFields,
});
