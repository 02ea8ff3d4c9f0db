/** The secrets of a tenant: what a tier and a tenant say about them. Plain data; defaults live only here. */
import { z } from "zod";
import { accountText, projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { onpremSecretsFields, secretKey } from "../secrets/schema.ts";
import { serviceName } from "../tenant-namespaces/services.ts";

/** What a tier gives its tenants. */
export const secretsTier = z.strictObject({
  /** The most secrets of a tenant. @default 20 */
  most: z.int().min(1).max(500).default(20),
});

const secret = z.strictObject({
  /** The purpose of the secret, for the people who rotate it. */
  description: z.string().min(3).max(200),
  /** Services that read it in the cloud, besides those that get it by an ExternalSecret. @default [] */
  readers: z.array(serviceName).default([]),
});

const secrets = z.record(secretKey(), secret);

/** What a tenant says about its secrets. */
export const secretsSettings = z.strictObject({
  /** Secrets without values, by key. People or rotation set the values, never a manifest. @default {} */
  secrets: secrets.default({}),
  /**
   * On-premises: the role of the vault that reads the tenant's path only. The site creates it, for the tenant's service account.
   * @default the name of the service account
   */
  vaultRole: z.string().min(1).optional(),
});

const common = {
  tenant: z.string(),
  /** Names of the tenant's namespaces in the cluster, which alone can use the store. */
  namespaces: z.array(z.string()).min(1),
  /** Name of the ClusterSecretStore. */
  store: z.string(),
};

/** The service account of the store, in the operator's namespace. */
const reader = z.strictObject({ name: z.string(), namespace: z.string() });

export const awsTenantSecretsSpec = z.strictObject({
  cloud: z.literal("aws"),
  account: accountText,
  region: regionText("aws"),
  ...common,
  /** With a slash at its end, before the names of secrets. */
  path: z.string(),
  /** ARN of the role that all stores of tenants use, distinguished by a session tag. */
  role: z.string(),
  secrets,
});

export const gcpTenantSecretsSpec = z.strictObject({
  cloud: z.literal("gcp"),
  project: projectText,
  projectNumber: projectNumberText,
  region: regionText("gcp"),
  ...common,
  cluster: z.strictObject({ name: z.string(), location: z.string() }),
  reader,
  /** With the name of each in Secret Manager. */
  secrets: z.record(secretKey(), secret.extend({ name: z.string() })),
});

export const onpremTenantSecretsSpec = z.strictObject({
  cloud: z.literal("onprem"),
  ...common,
  reader,
  vault: onpremSecretsFields.vault,
});

export type SecretsTier = z.output<typeof secretsTier>;
export type TenantSecretsSettings = z.output<typeof secretsSettings>;
export type AwsTenantSecretsInput = z.input<typeof awsTenantSecretsSpec>;
export type AwsTenantSecretsSpec = z.output<typeof awsTenantSecretsSpec>;
export type GcpTenantSecretsInput = z.input<typeof gcpTenantSecretsSpec>;
export type GcpTenantSecretsSpec = z.output<typeof gcpTenantSecretsSpec>;
export type OnpremTenantSecretsInput = z.input<typeof onpremTenantSecretsSpec>;
export type OnpremTenantSecretsSpec = z.output<typeof onpremTenantSecretsSpec>;
