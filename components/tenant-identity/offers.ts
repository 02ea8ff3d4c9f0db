/** The sections of a tenant that offer permissions to its services. Each is built before identities. */
import { objectStoreOffer } from "../tenant-object-store/offer.ts";
import { secretsOffer } from "../tenant-secrets/offer.ts";
import type { TenantOffer } from "./offer.ts";

export const tenantOffers: readonly TenantOffer[] = [objectStoreOffer, secretsOffer];
