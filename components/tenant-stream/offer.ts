/** What services of a tenant may do with its stream. Pure. */
import { defineTenantOffer } from "../tenant-identity/offer.ts";
import { connecting } from "./gcp-access.ts";
import { stream } from "./section.ts";
import { servicesOf } from "./services.ts";

export const streamOffer = defineTenantOffer(stream, {
  services: (tenant) => {
    const settings = tenant.settings(stream);
    return settings === undefined ? [] : servicesOf(settings);
  },
  aws: (built, { name }) => built.statementsFor(name),
  gcpAccount: () => true,
  gcp: ({ spec }, { name }) => ({
    roles: Object.values(spec.services).some((names) => names.includes(name)) ? connecting : [],
  }),
});
