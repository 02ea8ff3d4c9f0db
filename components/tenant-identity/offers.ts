/** The sections of a tenant that offer permissions to its services. Each is built before identities. */

import { cacheOffer } from "../tenant-cache/offer.ts";
import { databaseOffer } from "../tenant-database/offer.ts";
import { objectStoreOffer } from "../tenant-object-store/offer.ts";
import { secretsOffer } from "../tenant-secrets/offer.ts";
import { streamOffer } from "../tenant-stream/offer.ts";
import type { TenantOffer } from "./offer.ts";

export const tenantOffers: readonly TenantOffer[] = [
  databaseOffer,
  streamOffer,
  cacheOffer,
  objectStoreOffer,
  secretsOffer,
];
