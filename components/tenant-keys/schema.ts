/** The keys of a tenant: what a tier and a tenant say about them. Plain data; defaults live only here. */
import { z } from "zod";
import { accountText, projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { isolations } from "../tenancy/isolation.ts";
import { tenantPurposes } from "./contract.ts";

/** What a tier says about its tenants' own keys. A tenant of a pool has none. */
export const keysTier = z.strictObject({
  /** Days between rotations. @default 365 on AWS; 90 on Google Cloud, the maximum of CIS GCP 1.10 */
  rotationDays: z.int().min(1).max(2560).optional(),
  /** Days before a deleted key, and all data encrypted with it, is lost on AWS. On Google Cloud it is always 30. @default 30 */
  deletionWindowDays: z.int().min(7).max(30).default(30),
});

/** What a tenant says about its keys. */
export const keysSettings = z.strictObject({
  /**
   * Increment it for a tenant whose id another one had before: Google never releases the names of key rings and keys.
   * @default 1
   */
  edition: z.int().min(1).max(999).default(1),
});

const isolation = z.enum(isolations);

export const awsTenantKeysSpec = z.strictObject({
  cloud: z.literal("aws"),
  tenant: z.string(),
  isolation,
  account: accountText,
  region: regionText("aws"),
  rotationDays: z
    .int()
    .min(90, { error: "must be at least 90 on AWS: KMS does not rotate keys more often" })
    .max(2560),
  deletionWindowDays: z.int().min(7).max(30),
  /** ARN of the role with which stores of the cell's tenants read secrets. */
  storesRole: z.string(),
});

export const gcpTenantKeysSpec = z.strictObject({
  cloud: z.literal("gcp"),
  tenant: z.string(),
  isolation,
  project: projectText,
  /** Google Cloud uses it in the names of service agents. */
  projectNumber: projectNumberText,
  region: regionText("gcp"),
  rotationDays: z
    .int()
    .min(1)
    .max(90, { error: "must be at most 90 on Google Cloud: CIS GCP 1.10" }),
  edition: z.int(),
  /** What the key is for: the service agents of these can use it. */
  purposes: z.array(z.enum(tenantPurposes)),
});

/** There is no key service on-premises. */
export const onpremTenantKeysSpec = z.strictObject({ cloud: z.literal("onprem"), isolation });

export type KeysTier = z.output<typeof keysTier>;
export type TenantKeysSettings = z.output<typeof keysSettings>;
export type AwsTenantKeysInput = z.input<typeof awsTenantKeysSpec>;
export type AwsTenantKeysSpec = z.output<typeof awsTenantKeysSpec>;
export type GcpTenantKeysInput = z.input<typeof gcpTenantKeysSpec>;
export type GcpTenantKeysSpec = z.output<typeof gcpTenantKeysSpec>;
