import type { TenantBuild } from "../section/tenant-build.ts";
import { keys } from "../tenant-keys/section.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import { GcpTenantSecrets } from "./gcp.ts";
import type { GcpTenantSecretsSpec } from "./schema.ts";

export function build(
  spec: GcpTenantSecretsSpec,
  { name, common, cluster, needed, opts }: TenantBuild<"gcp">,
): GcpTenantSecrets {
  const keyName = needed(keys).of("secrets");
  return new GcpTenantSecrets(
    name,
    { ...common, spec, keyName, cluster },
    opts({ dependsOn: needed(namespaces) }),
  );
}
