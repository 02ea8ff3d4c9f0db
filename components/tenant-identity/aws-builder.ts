import type { TenantBuild } from "../section/tenant-build.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import { serviceOf } from "../tenant-namespaces/services.ts";
import { AwsTenantIdentity } from "./aws.ts";
import { tenantOffers } from "./offers.ts";
import type { AwsTenantIdentitySpec } from "./schema.ts";
import { offered } from "./statements.ts";

export function build(
  spec: AwsTenantIdentitySpec,
  tenant: TenantBuild<"aws">,
): AwsTenantIdentity | undefined {
  const services = Object.entries(spec.services);
  if (services.length === 0) return undefined;
  return new AwsTenantIdentity(
    tenant.name,
    {
      ...tenant.common,
      spec,
      statements: Object.fromEntries(
        services
          .filter(([, role]) => role === "own")
          .map(([name]) => [
            name,
            offered(tenantOffers, tenant.built, serviceOf(spec.tenant, name), spec),
          ]),
      ),
    },
    tenant.opts({ dependsOn: tenant.needed(namespaces) }),
  );
}
