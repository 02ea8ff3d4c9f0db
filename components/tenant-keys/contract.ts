import type * as pulumi from "@pulumi/pulumi";

/** The keys of a tenant, as its other sections use them. */
export interface TenantKeys {
  /** The tenant's own key: an ARN on AWS, a resource name on Google Cloud. Undefined in a pool, which shares the environment's keys. */
  readonly own: pulumi.Output<string> | undefined;
  /** The key for a purpose: the tenant's own one, or in a pool the environment's for this purpose. */
  of(purpose: TenantPurpose): pulumi.Input<string>;
}

/** What a tenant's key encrypts. The purposes of the environment's keys. */
export const tenantPurposes = ["objects", "secrets", "databases", "caches", "streams"] as const;
export type TenantPurpose = (typeof tenantPurposes)[number];

/** The keys of a tenant of a pool. */
export function sharedKeys(key: (purpose: string) => pulumi.Input<string>): TenantKeys {
  return { own: undefined, of: key };
}
