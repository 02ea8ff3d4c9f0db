/** The cache of a tenant, as a section of tiers and of tenants' manifests. */
import { z } from "zod";
import { cache as cellCache } from "../cache/section.ts";
import type { SectionCell } from "../section/cell.ts";
import { defineTenantSection } from "../section/tenant-section.ts";
import type { TenantCache } from "./contract.ts";
import { cacheMoves } from "./moves.ts";
import { ownNamespaceOf } from "./names.ts";
import {
  awsCachePlan,
  cacheCheck,
  cacheDemand,
  type GivenCache,
  gcpCachePlan,
  onpremCachePlan,
  withoutPool,
} from "./plan.ts";
import { serverlessPorts, valkeyPort } from "./ports.ts";
import {
  awsTenantCacheSpec,
  cacheSettings,
  cacheTier,
  gcpTenantCacheSpec,
  onpremTenantCacheSpec,
} from "./schema.ts";

const outputs = z.object({
  endpoint: z.string(),
  port: z.number(),
  clustered: z.boolean(),
  prefix: z.string(),
  user: z.string().optional(),
  arns: z.object({ cache: z.string(), user: z.string() }).optional(),
  instance: z.string().optional(),
  certificateAuthorities: z.array(z.string()).optional(),
  secret: z.string().optional(),
});

export const cache = defineTenantSection({
  name: "cache",
  component: "cache",
  page: "components/tenant-cache",
  about: "Its part of the Valkey cache, or a cache of its own.",
  layer: true,
  tier: cacheTier,
  settings: cacheSettings,
  uses: cellCache,
  moves: cacheMoves,
  clouds: {
    aws: {
      spec: awsTenantCacheSpec,
      plan: awsCachePlan,
      check: cacheCheck,
      // In isolated subnets of the cell's block, which an existing network chooses itself.
      reaches: ({ isolation }: GivenCache, { cidr }: SectionCell) => ({
        ports: isolation === "bridge" ? Object.values(serverlessPorts) : [valkeyPort],
        cidrs: [cidr],
      }),
      build: () => import("./aws-builder.ts"),
    },
    gcp: {
      without: { pool: withoutPool.gcp },
      spec: gcpTenantCacheSpec,
      plan: gcpCachePlan,
      check: cacheCheck,
      reaches: (_: GivenCache, { cidr }: SectionCell) => ({ ports: [valkeyPort], cidrs: [cidr] }),
      build: () => import("./gcp-builder.ts"),
    },
    onprem: {
      without: { pool: withoutPool.onprem },
      spec: onpremTenantCacheSpec,
      plan: onpremCachePlan,
      check: cacheCheck,
      reaches: (_: GivenCache, _cell: SectionCell, tenant: string) => ({
        ports: [valkeyPort],
        namespaces: [ownNamespaceOf(tenant)],
      }),
      build: () => import("./onprem-builder.ts"),
    },
  },
  demand: cacheDemand,
  outputs,
  outputsOf: ({
    endpoint,
    port,
    clustered,
    prefix,
    user,
    arns,
    instance,
    certificateAuthorities,
    secret,
  }: TenantCache) => ({
    endpoint,
    port,
    clustered,
    prefix,
    ...(user && { user }),
    ...(arns && { arns }),
    ...(instance && { instance }),
    ...(certificateAuthorities && { certificateAuthorities }),
    ...(secret && { secret }),
  }),
  column: {
    title: "Valkey",
    value: ({ user, instance }: z.output<typeof outputs>) => user ?? instance ?? "",
  },
});
