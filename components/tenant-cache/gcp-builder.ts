import { GcpCache } from "../cache/gcp.ts";
import type { TenantBuild } from "../section/tenant-build.ts";
import { keys } from "../tenant-keys/section.ts";
import { keyPrefix } from "./access.ts";
import type { TenantCache } from "./contract.ts";
import type { GcpTenantCacheSpec } from "./schema.ts";

export function build(
  { tenant, services, cache: spec }: GcpTenantCacheSpec,
  { name, common, opts, ground, needed }: TenantBuild<"gcp">,
): TenantCache {
  const built = new GcpCache(
    name,
    {
      ...common,
      spec,
      network: { networkId: ground("networkId"), subnetworkId: ground("subnetworkId") },
      keys: { data: needed(keys).of("caches") },
    },
    opts(),
  );
  const { endpoint, port, clustered, instanceName: instance, certificateAuthorities } = built;
  return {
    endpoint,
    port,
    clustered,
    prefix: keyPrefix(tenant),
    services,
    instance,
    certificateAuthorities,
  };
}
