/** What services of a tenant may do with its cache. Pure. */
import { defineTenantOffer } from "../tenant-identity/offer.ts";
import { cache } from "./section.ts";
import { cacheRoles, cacheStatements } from "./statements.ts";

export const cacheOffer = defineTenantOffer(cache, {
  services: (tenant) => tenant.settings(cache)?.services ?? [],
  aws: ({ services, arns }, { name }) =>
    arns !== undefined && services.includes(name) ? cacheStatements(arns.cache, arns.user) : [],
  gcpAccount: () => true,
  gcp: ({ services, instance }, { name }) => ({
    roles: instance !== undefined && services.includes(name) ? cacheRoles(instance) : [],
  }),
});
