import type { TenantBuild } from "../section/tenant-build.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import { serviceOf } from "../tenant-namespaces/services.ts";
import { GcpTenantIdentity } from "./gcp.ts";
import { tenantOffers } from "./offers.ts";
import type { GcpTenantIdentitySpec } from "./schema.ts";
import { offeredOnGcp } from "./statements.ts";

export function build(
  spec: GcpTenantIdentitySpec,
  tenant: TenantBuild<"gcp">,
): GcpTenantIdentity | undefined {
  const services = Object.keys(spec.services);
  if (services.length === 0) return undefined;
  return new GcpTenantIdentity(
    tenant.name,
    {
      ...tenant.common,
      spec,
      cluster: tenant.cluster,
      offers: Object.fromEntries(
        services.map((name) => [
          name,
          offeredOnGcp(tenantOffers, tenant.built, serviceOf(spec.tenant, name)),
        ]),
      ),
    },
    tenant.opts({ dependsOn: tenant.needed(namespaces) }),
  );
}
