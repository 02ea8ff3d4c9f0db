/** The cloud identities of a tenant's services. Plain data. */
import { z } from "zod";
import { accountText, projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { isolations } from "../tenancy/isolation.ts";
import { serviceName } from "../tenant-namespaces/services.ts";

/** A tier says nothing but the isolation. */
export const identityTier = z.strictObject({});

/** A tenant says what its services may do at each of its sections. */
export const identitySettings = z.strictObject({});

const isolation = z.enum(isolations);

export const awsTenantIdentitySpec = z.strictObject({
  cloud: z.literal("aws"),
  tenant: z.string(),
  isolation,
  account: accountText,
  region: regionText("aws"),
  cluster: z.strictObject({
    /** Physical name. */
    name: z.string(),
    /** What names of roles begin with: the name of a cluster that the cell creates. */
    prefix: z.string(),
  }),
  /** The services that have permissions in the cloud, and whose role they use. */
  services: z.record(serviceName, z.enum(["own", "shared"])),
});

export const gcpTenantIdentitySpec = z.strictObject({
  cloud: z.literal("gcp"),
  tenant: z.string(),
  project: projectText,
  /** Google Cloud uses it in the names of workload identities. */
  projectNumber: projectNumberText,
  /** The services that have permissions in the cloud, and whether each needs a service account. */
  services: z.record(serviceName, z.enum(["federated", "account"])),
});

export const onpremTenantIdentitySpec = z.strictObject({ cloud: z.literal("onprem") });

export type AwsTenantIdentityInput = z.input<typeof awsTenantIdentitySpec>;
export type AwsTenantIdentitySpec = z.output<typeof awsTenantIdentitySpec>;
export type GcpTenantIdentityInput = z.input<typeof gcpTenantIdentitySpec>;
export type GcpTenantIdentitySpec = z.output<typeof gcpTenantIdentitySpec>;
