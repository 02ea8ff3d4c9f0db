/** The folders of tenants in a bucket that they share. Pure. */
import { namespaceOf } from "../tenant-namespaces/names.ts";

/** Below it are the folders of tenants, by id. */
const ofTenants = "tenants/";
/**
 * Below it are folders of namespaces of tenants, by the namespace's name in the cluster. The session tags of EKS Pod Identity have the
 * namespace and not the tenant, and IAM cannot cut the one out of the other.
 */
export const ofNamespaces = "namespaces/";

/** Everything of a tenant in a shared bucket is in these folders. Both end in a delimiter that no id continues. */
export function foldersOf(tenant: string): readonly string[] {
  return [`${ofTenants}${tenant}/`, `${ofNamespaces}${namespaceOf(tenant, "")}`];
}

/** The folder of a bucket of a tenant: `tenants/acme/uploads/`, or `namespaces/tenant-acme-web/uploads/`. */
export function folderOf(tenant: string, key: string, namespace: string | undefined): string {
  return namespace === undefined
    ? `${ofTenants}${tenant}/${key}/`
    : `${ofNamespaces}${namespaceOf(tenant, namespace)}/${key}/`;
}
