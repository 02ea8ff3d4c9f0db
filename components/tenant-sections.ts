/** The sections of a tenant, in build order: namespaces first, because identities and policies refer to them. */
import { namespaces } from "./tenant-namespaces/section.ts";

export const tenantSections = [namespaces] as const;

export type AtollTenantSection = (typeof tenantSections)[number];
