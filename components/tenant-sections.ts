/** The sections of a tenant, in build order: namespaces first, because identities and policies refer to them. */
import { tenantDatabase } from "./tenant-database/section.ts";
import { namespaces } from "./tenant-namespaces/section.ts";

export const tenantSections = [namespaces, tenantDatabase] as const;

export type AtollTenantSection = (typeof tenantSections)[number];
