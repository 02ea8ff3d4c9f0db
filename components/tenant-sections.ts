/** The sections of a tenant, in build order: namespaces first, because identities and policies refer to them. */
import { cache } from "./tenant-cache/section.ts";
import { tenantDatabase } from "./tenant-database/section.ts";
import { identity } from "./tenant-identity/section.ts";
import { keys } from "./tenant-keys/section.ts";
import { namespaces } from "./tenant-namespaces/section.ts";
import { nodes } from "./tenant-nodes/section.ts";
import { objectStore } from "./tenant-object-store/section.ts";
import { secrets } from "./tenant-secrets/section.ts";
import { stream } from "./tenant-stream/section.ts";

export const tenantSections = [
  namespaces,
  keys,
  tenantDatabase,
  stream,
  cache,
  objectStore,
  secrets,
  identity,
  nodes,
] as const;

export type AtollTenantSection = (typeof tenantSections)[number];
