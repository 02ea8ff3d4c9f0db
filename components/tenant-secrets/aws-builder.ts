import type { TenantBuild } from "../section/tenant-build.ts";
import { keys } from "../tenant-keys/section.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import { AwsTenantSecrets } from "./aws.ts";
import type { AwsTenantSecretsSpec } from "./schema.ts";

export function build(
  spec: AwsTenantSecretsSpec,
  { name, common, cluster, needed, opts }: TenantBuild<"aws">,
): AwsTenantSecrets {
  const keyArn = needed(keys).of("secrets");
  return new AwsTenantSecrets(
    name,
    { ...common, spec, keyArn, cluster },
    opts({ dependsOn: needed(namespaces) }),
  );
}
