/** Names of a tenant's own cache on-premises. Pure. */

/** Outside the tenant's namespaces: nobody but the platform has permissions in it. */
export function ownNamespaceOf(tenant: string): string {
  return `valkey-tenant-${tenant}`;
}

/** The secret with the users' passwords, in the namespace of the cache. */
export const passwordsSecret = "passwords";

/** The path of the passwords in the vault, with a value for each of `passwordUsers`. */
export function passwordsPath(tenant: string): string {
  return `tenants/${tenant}/cache`;
}

export const passwordUsers = ["default", "replication", "app"] as const;

/** The secret in the tenant's namespaces with the password of `app`, and the authority of the certificate. */
export const deliveredSecret = "cache";
