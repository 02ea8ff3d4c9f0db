/** Which services of a tenant have which identity. Pure. */
import type { TenantContext } from "../section/tenant-section.ts";
import { serviceOf } from "../tenant-namespaces/services.ts";
import type { TenantOffer } from "./offer.ts";

/** The services that a section grants something, each once. */
function servicesOf(tenant: TenantContext, offers: readonly TenantOffer[]): string[] {
  return [...new Set(offers.flatMap((offer) => offer.services(tenant)))].sort();
}

/**
 * Services of a pool use the shared role if it permits exactly what their sections grant; all others have a role of their own, which
 * counts towards the roles of an account.
 */
export function awsServices(
  tenant: TenantContext,
  offers: readonly TenantOffer[],
): Record<string, "own" | "shared"> {
  const pool = (tenant.isolation.identity ?? "pool") === "pool";
  return Object.fromEntries(
    servicesOf(tenant, offers).map((name) => {
      const service = serviceOf(tenant.id, name);
      const granting = offers.filter((offer) => offer.services(tenant).includes(name));
      const shared = pool && granting.every(({ byNamespace }) => byNamespace?.(tenant, service));
      return [name, shared ? "shared" : "own"];
    }),
  );
}

/** Services are federated; only those of a section that does not support it have a service account. */
export function gcpServices(
  tenant: TenantContext,
  offers: readonly TenantOffer[],
): Record<string, "federated" | "account"> {
  return Object.fromEntries(
    servicesOf(tenant, offers).map((name) => {
      const service = serviceOf(tenant.id, name);
      const needs = offers.some(
        (offer) =>
          offer.services(tenant).includes(name) && offer.gcpAccount?.(tenant, service) === true,
      );
      return [name, needs ? "account" : "federated"];
    }),
  );
}
