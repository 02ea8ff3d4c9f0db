/** What services of a tenant may do with its databases: sign in as their users. Pure. */
import { defineTenantOffer } from "../tenant-identity/offer.ts";
import { tenantDatabase } from "./section.ts";

export const databaseOffer = defineTenantOffer(tenantDatabase, {
  services: (tenant) => {
    const { databases = {} } = tenant.settings(tenantDatabase) ?? {};
    const named = Object.values(databases).flatMap(({ users }) => Object.values(users));
    return [...new Set(named.map(({ service }) => service))];
  },
  aws: (built, { name }) => built.statements(name),
  // Cloud SQL has users for service accounts, not for federated identities.
  gcpAccount: () => true,
  gcp: (built, { name }) => {
    const { [name]: user } = built.users;
    return {
      roles: built.roles(name),
      ...(user && {
        sqlUsers: { main: { instance: user.instance, groups: user.databaseRoles } },
      }),
    };
  },
});
