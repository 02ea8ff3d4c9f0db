import type { TenantBuild } from "../section/tenant-build.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import { OnpremTenantCache } from "./onprem.ts";
import type { OnpremTenantCacheSpec } from "./schema.ts";

export function build(
  spec: OnpremTenantCacheSpec,
  { name, common, opts, needed, cluster }: TenantBuild<"onprem">,
): OnpremTenantCache {
  return new OnpremTenantCache(
    name,
    { ...common, spec, cluster },
    opts({ dependsOn: needed(namespaces) }),
  );
}
