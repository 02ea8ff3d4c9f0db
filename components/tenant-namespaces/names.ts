/** Names and labels of tenants in clusters. Pure. */

/** The label with a tenant's id on its namespaces. Ownership tags set it. */
export const tenantLabel = "atoll.dev/tenant";
/** The label with the tier, on tenants' namespaces. */
export const tierLabel = "atoll.dev/tier";
/** The label with the service that a pod belongs to. */
export const serviceLabel = "app.kubernetes.io/name";

/** The prefix of all namespaces of tenants, which no other namespace has. */
export const namespacePrefix = "tenant-";

/** `tenant-acme-web`. Ids of tenants are never the beginning of another with a hyphen, so that no two can be equal. */
export function namespaceOf(tenant: string, space: string): string {
  return `${namespacePrefix}${tenant}-${space}`;
}

/** The priority class and level of a tier. */
export function tierObject(tier: string): string {
  return `atoll-tier-${tier}`;
}

/** The name of a tenant's objects in a namespace of the cell, such as a policy that admits it. */
export function tenantObject(tenant: string): string {
  return `tenant-${tenant}`;
}
