import type { TenantBuild } from "../section/tenant-build.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import { OnpremTenantSecrets } from "./onprem.ts";
import type { OnpremTenantSecretsSpec } from "./schema.ts";

export function build(
  spec: OnpremTenantSecretsSpec,
  { name, common, cluster, needed, opts }: TenantBuild<"onprem">,
): OnpremTenantSecrets {
  return new OnpremTenantSecrets(
    name,
    { ...common, spec, cluster },
    opts({ dependsOn: needed(namespaces) }),
  );
}
