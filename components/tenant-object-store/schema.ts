/** The object store of a tenant: what a tier and a tenant say about it. Plain data; defaults live only here. */
import { z } from "zod";
import { accountText, projectText, regionText } from "../core/cloud.ts";
import { bucketFields, bucketKey, bucketProblems } from "../object-store/bucket-schema.ts";
import { verbs } from "../section/grant.ts";
import { isolations } from "../tenancy/isolation.ts";
import { serviceName } from "../tenant-namespaces/services.ts";

/** What a tier gives its tenants. */
export const objectStoreTier = z.strictObject({
  /** The bucket of the cell that tenants of a pool share, by its key in the cell's `objectStore.buckets`. Required for a pool. */
  bucket: bucketKey().optional(),
  /** The most buckets of a tenant: folders of the shared bucket in a pool. @default 5 */
  most: z.int().min(1).max(100).default(5),
});

const own = z.strictObject(bucketFields).superRefine((bucket, context) => {
  for (const { path, message, got } of bucketProblems(bucket)) {
    context.addIssue({ code: "custom", path: [...path], message, input: got });
  }
});

const kubernetesName = z.string().regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "must be 1 to 63 lower case letters, digits and hyphens, starting with a letter",
});

/** An on-premises bucket, which the site creates for the tenant. */
const existing = z.strictObject({
  /** Its name. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    error: "must be the name of a bucket",
  }),
  /** The folder that the tenant's access key is limited to. @default the whole bucket */
  prefix: z
    .string()
    .regex(/^([A-Za-z0-9_.=-]+\/)+$/, { error: 'must be a folder such as "acme/"' })
    .optional(),
  /** The tenant's secret in the vault with the access key. */
  secret: z.string().min(1),
});

const bucket = z.strictObject({
  /** What services may do: `read`, `write` and `delete`, by service. @default {} */
  access: z.record(serviceName, verbs(["read", "write", "delete"])).default({}),
  /**
   * The one namespace whose services use it. In a pool on AWS these need no IAM role of their own if they may do everything. It cannot
   * change: it is part of the folder's path.
   * @default services of all namespaces
   */
  namespace: kubernetesName.optional(),
  /** Settings of the bucket, where it is the tenant's own. @default {} */
  own: own.optional(),
  /** Required on-premises, and not supported elsewhere. */
  existing: existing.optional(),
});

/** What a tenant says about its object store. */
export const objectStoreSettings = z.strictObject({
  /** By a key of your choice, which is part of the bucket's name or of the folder's path. */
  buckets: z.record(bucketKey(), bucket),
});

const isolation = z.enum(isolations);

const planned = z.strictObject({
  access: z.record(serviceName, verbs(["read", "write", "delete"])),
  /** In a pool: its folder in the shared bucket. */
  folder: z.string().optional(),
  /** Otherwise: the name and the settings of the bucket. */
  name: z.string().optional(),
  own: own.prefault({}),
});

export type PlannedBucket = z.output<typeof planned>;

/** What a component on AWS or Google Cloud is built from. */
const common = {
  tenant: z.string(),
  isolation,
  /** The key of the shared bucket, in a pool. */
  shared: z.string().optional(),
  /** The bucket for access logs of the cell. */
  accessLogs: z.string(),
  buckets: z.record(bucketKey(), planned),
};

export const awsTenantObjectStoreSpec = z.strictObject({
  cloud: z.literal("aws"),
  account: accountText,
  region: regionText("aws"),
  /** Whether the shared bucket is an existing one without a customer-managed key. @default false */
  withoutKey: z.boolean().default(false),
  ...common,
});

export const gcpTenantObjectStoreSpec = z.strictObject({
  cloud: z.literal("gcp"),
  project: projectText,
  region: regionText("gcp"),
  ...common,
});

export const onpremTenantObjectStoreSpec = z.strictObject({
  cloud: z.literal("onprem"),
  isolation,
  buckets: z.record(bucketKey(), existing),
});

export type ObjectStoreTier = z.output<typeof objectStoreTier>;
export type ObjectStoreSettings = z.output<typeof objectStoreSettings>;
export type AwsTenantObjectStoreInput = z.input<typeof awsTenantObjectStoreSpec>;
export type AwsTenantObjectStoreSpec = z.output<typeof awsTenantObjectStoreSpec>;
export type GcpTenantObjectStoreInput = z.input<typeof gcpTenantObjectStoreSpec>;
export type GcpTenantObjectStoreSpec = z.output<typeof gcpTenantObjectStoreSpec>;
export type OnpremTenantObjectStoreSpec = z.output<typeof onpremTenantObjectStoreSpec>;
