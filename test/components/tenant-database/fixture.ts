/** A tenant on one of its cells, and what its tier and its manifest say. */

import type { SectionCell } from "../../../components/section/cell.ts";
import type { TenantContext } from "../../../components/section/tenant-section.ts";
import type { Isolation } from "../../../components/tenancy/isolation.ts";
import type { GivenDatabase } from "../../../components/tenant-database/plan.ts";
import { databaseSettings, databaseTier } from "../../../components/tenant-database/schema.ts";
import { namespacesSettings } from "../../../components/tenant-namespaces/schema.ts";

export const cells = {
  aws: {
    environment: "prod",
    name: "aws-use1",
    cloud: "aws",
    account: "111122223333",
    region: "us-east-1",
    cidr: "10.32.0.0/16",
    sections: {},
  },
  gcp: {
    environment: "prod",
    name: "gcp-euw1",
    cloud: "gcp",
    project: "acme-prod",
    projectNumber: "123456789012",
    region: "europe-west1",
    cidr: "10.36.0.0/16",
    sections: {},
  },
  onprem: {
    environment: "prod",
    name: "onprem-sel",
    cloud: "onprem",
    site: "Seoul",
    cidr: "10.40.0.0/16",
    sections: { database: { namespace: "postgres" } },
  },
} as const satisfies Record<string, SectionCell>;

/** The spec of the cell's database, as far as plans read it. */
const cellSpecs = {
  aws: {
    cloud: "aws",
    account: "111122223333",
    region: "us-east-1",
    zones: ["us-east-1a", "us-east-1b"],
    version: "18",
    size: "large",
    connections: 900,
    databaseName: "shop",
    replicateTo: { cell: "aws-usw2" },
    insights: "advanced",
    backups: { retentionDays: 14 },
  },
  gcp: { cloud: "gcp", project: "acme-prod", region: "europe-west1", version: "17", generation: 2 },
  onprem: { cloud: "onprem", namespace: "postgres", version: "18", clientNamespaces: ["shop"] },
};

const manifest = {
  databases: {
    app: {
      extensions: ["pgcrypto"],
      users: {
        shop: { service: "web/storefront" },
        migrations: { service: "jobs/migrations", may: "own", connections: 2 },
      },
    },
  },
};

export function given(
  isolation: Isolation = "pool",
  tier: object = {},
  settings: object = manifest,
): GivenDatabase {
  return {
    isolation,
    tier: databaseTier.parse(tier),
    settings: databaseSettings.parse(settings),
  };
}

export function tenantOn(
  cloud: keyof typeof cells,
  more: Partial<TenantContext> & { readonly spaces?: object } = {},
): TenantContext {
  const {
    spaces = { web: { services: { storefront: {} } }, jobs: { services: { migrations: {} } } },
  } = more;
  return {
    environment: "prod",
    supernet: "10.0.0.0/8",
    id: "acme-eu",
    tier: "basic",
    isolation: {},
    lifetime: "permanent",
    frameworks: [],
    retentionDays: 30,
    reaches: [],
    suspended: false,
    cell: cells[cloud],
    cellSpec: () => cellSpecs[cloud] as never,
    settings: ({ name }) =>
      (name === "namespaces" ? namespacesSettings.parse({ spaces }) : undefined) as never,
    ...more,
  };
}
