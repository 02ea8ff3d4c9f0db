/** Names of tenants' databases and of their roles. Pure. */
import { groupsOf, membershipsOf } from "./function/sql.mjs";

/** The role of a cell that makes tenants' databases; on-premises the group that all of their users are members of. */
export { provisioner } from "./function/provisioner.mjs";
export { groupsOf, membershipsOf };

/** What a user may do: everything as the owner, change rows, or read them. */
export const accesses = ["own", "write", "read"] as const;
export type Access = (typeof accesses)[number];

/**
 * `tenant_acme_app`: the database, or the schema, and the group of its users. No other database of a cell has such a name. Keys have no
 * underscore and ids of tenants never continue each other, so that no name is the beginning of another with an underscore. At most 42
 * characters, which leaves 21 for users.
 */
export function databaseName(tenant: string, key: string): string {
  return `tenant_${tenant.replaceAll("-", "_")}_${key}`;
}

/** `tenant_acme_app_shop`: at most 63 characters, the limit of PostgreSQL. */
export function userName(tenant: string, key: string, user: string): string {
  return `${databaseName(tenant, key)}_${user}`;
}

/** `tenant-acme-app-shop`: the name of a Kubernetes object. */
export function objectName(name: string): string {
  return name.replaceAll("_", "-");
}
