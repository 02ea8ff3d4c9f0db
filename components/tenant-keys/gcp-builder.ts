import type { TenantBuild } from "../section/tenant-build.ts";
import { sharedKeys, type TenantKeys } from "./contract.ts";
import { GcpTenantKeys } from "./gcp.ts";
import type { GcpTenantKeysSpec } from "./schema.ts";

export function build(
  spec: GcpTenantKeysSpec,
  { name, common, key, opts }: TenantBuild<"gcp">,
): TenantKeys {
  if (spec.isolation === "pool") return sharedKeys(key);
  return new GcpTenantKeys(name, { ...common, spec }, opts());
}
