/** The services of a tenant that use its stream. Pure. */
import type { StreamSettings } from "./schema.ts";

/** Each once, such as `web/storefront`. */
export function servicesOf({ clients }: StreamSettings): string[] {
  return [...new Set(Object.values(clients).flatMap(({ services }) => services))].sort();
}
