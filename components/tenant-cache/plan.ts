/** From what a tier and a tenant say about the cache to the specs of its components. Pure. */
import { onpremCapacities } from "../cache/capacity.ts";
import { cache } from "../cache/section.ts";
import type { Problem } from "../core/errors.ts";
import { secrets } from "../secrets/section.ts";
import { type AwsCell, awsPlace, type GcpCell, gcpPlace } from "../section/cell.ts";
import type { Given, TenantContext } from "../section/tenant-section.ts";
import type { Demand } from "../tenancy/capacity.ts";
import { namespaces, spacesOf } from "../tenant-namespaces/section.ts";
import { serviceProblems } from "../tenant-namespaces/services.ts";
import { ownNamespaceOf, passwordsSecret } from "./names.ts";
import type {
  AwsTenantCacheSpec,
  cacheSettings,
  cacheTier,
  OnpremTenantCacheSpec,
} from "./schema.ts";

export type GivenCache = Given<{
  readonly tier: typeof cacheTier;
  readonly settings: typeof cacheSettings;
}>;

/** The one user of a cache of the tenant's own. */
const users = { app: {} };

export function awsCachePlan(
  { isolation, tier, settings }: GivenCache,
  { id, cell, cellSpec }: TenantContext,
): Record<string, unknown> {
  const place = awsPlace(cell as AwsCell);
  const version = cellSpec(cache, "aws")?.version;
  const { size, replicas, snapshotDays, serverless } = tier;
  const { services } = settings;
  switch (isolation) {
    case "pool":
      return { isolation, tenant: id, services };
    case "bridge": {
      const { account, region } = place;
      return {
        isolation,
        tenant: id,
        services,
        account,
        region,
        version,
        snapshotDays,
        limits: serverless,
      };
    }
    case "silo":
      return {
        isolation,
        tenant: id,
        services,
        cache: {
          ...place,
          version,
          size,
          replicas,
          users,
          eviction: settings.eviction,
          snapshots: { retentionDays: snapshotDays },
        },
      };
  }
}

export function gcpCachePlan(
  { isolation, tier, settings }: GivenCache,
  { id, cell, cellSpec }: TenantContext,
): Record<string, unknown> {
  return {
    isolation,
    tenant: id,
    services: settings.services,
    cache: {
      ...gcpPlace(cell as GcpCell),
      version: cellSpec(cache, "gcp")?.version,
      size: isolation === "silo" ? tier.size : "small",
      replicas: tier.replicas,
      eviction: settings.eviction,
      snapshots: { retentionDays: tier.snapshotDays },
      // The main cache of the cell has created it.
      connectionPolicy: "present",
    },
  };
}

export function onpremCachePlan(
  { isolation, tier, settings }: GivenCache,
  tenant: TenantContext,
): Record<string, unknown> {
  const ofCell = tenant.cellSpec(cache, "onprem");
  const spaces = spacesOf(tenant);
  return {
    isolation,
    tenant: tenant.id,
    services: settings.services,
    store: tenant.cellSpec(secrets, "onprem")?.externalSecrets.store,
    namespaces: spaces,
    cache: {
      cloud: "onprem",
      version: ofCell?.version,
      size: isolation === "silo" ? tier.size : "small",
      replicas: tier.replicas,
      users,
      eviction: settings.eviction,
      namespace: ownNamespaceOf(tenant.id),
      passwordsSecret,
      issuer: ofCell?.issuer,
      storage: { className: ofCell?.storage.className },
      // A suspended tenant has no traffic.
      clientNamespaces: tenant.suspended ? [] : spaces,
    },
  };
}

/** Problems of what a tenant says. */
export function cacheCheck({ settings }: GivenCache, tenant: TenantContext): Problem[] {
  return [
    ...serviceProblems({ services: settings.services }, tenant.settings(namespaces)),
    ...(tenant.cell.cloud === "onprem" ? storeProblems(tenant) : []),
  ];
}

/** The passwords come from the cell's vault, through its store. */
function storeProblems({ cell, cellSpec }: TenantContext): Problem[] {
  const ofCell = cellSpec(secrets, "onprem");
  const must = (message: string) => [{ path: "services", message }];
  if (ofCell === undefined) {
    return must(
      `must be on a cell with the section secrets, which ${cell.name} does not have: the passwords are in its vault`,
    );
  }
  if (ofCell.externalSecrets.namespaces.length === 0) return [];
  return must(
    `must be on a cell whose secrets.externalSecrets.namespaces is empty: the store of ${cell.name} serves only the namespaces that it lists, and the tenant's cache has one of its own`,
  );
}

export function cacheDemand(spec: AwsTenantCacheSpec | OnpremTenantCacheSpec): Demand {
  if (spec.isolation === "pool") return { cacheUsers: 1 };
  if (!("store" in spec)) return {};
  const { size, replicas } = spec.cache;
  const { cpu, memoryGiB } = onpremCapacities[size];
  const pods = 1 + replicas;
  return { cpu: cpu * pods, memoryGib: memoryGiB * pods, pods, addresses: pods, namespaces: 1 };
}

/** Isolations that a cloud does not have. */
export const withoutPool = {
  gcp: 'Memorystore attaches one list of permissions to an instance, which one stack owns, and tenants are stacks of their own; use "bridge", an instance of the tenant\'s own',
  onprem:
    "the users of the cell's cache are values of its Helm release, which the stack of a tenant cannot change; use \"bridge\", a cache of the tenant's own",
} as const;
