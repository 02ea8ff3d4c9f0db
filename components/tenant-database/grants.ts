/** What the services of a tenant need to sign in to its databases, for their identities. Pure. */
import { membershipsOf } from "./names.ts";
import type { TenantDatabaseSpec } from "./schema.ts";

/** What a service needs. */
export interface DatabaseGrant {
  /** `web/storefront` */
  readonly service: string;
  /** The PostgreSQL cluster: the cell's, or the tenant's own. */
  readonly cluster: "cell" | "own";
  /** The users that it signs in as: `rds-db:connect` on AWS. */
  readonly users: readonly string[];
  /** The groups of PostgreSQL that its service account is a member of: `databaseRoles` of `gcp.sql.User`. */
  readonly groups: readonly string[];
}

/** One for each service that signs in to a database. */
export function databaseGrants({
  isolation,
  databases,
  services,
}: Pick<TenantDatabaseSpec, "isolation" | "databases" | "services">): readonly DatabaseGrant[] {
  const grants = new Map<string, { users: string[]; groups: string[] }>();
  for (const [key, { name, users }] of Object.entries(databases)) {
    for (const { name: user, may } of users) {
      const { [user]: service } = services[key] ?? {};
      if (service === undefined) continue;
      const { users: all, groups } = grants.get(service) ?? { users: [], groups: [] };
      grants.set(service, {
        users: [...all, user],
        groups: [...new Set([...groups, ...membershipsOf(name, may)])],
      });
    }
  }
  return [...grants].map(([service, grant]) => ({
    service,
    cluster: isolation === "silo" ? "own" : "cell",
    ...grant,
  }));
}
