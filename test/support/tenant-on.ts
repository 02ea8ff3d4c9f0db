/** A tenant on a cell of each cloud, for tests of its sections. */
import type { TenantContext } from "../../components/section/tenant-section.ts";
import { namespacesSettings } from "../../components/tenant-namespaces/schema.ts";

export const tenantOwnership = {
  environment: "prod",
  cell: "aws-use1",
  tenant: "acme",
  owner: "platform",
  costCentre: "p-1",
  dataClass: "internal",
} as const;

export const awsPlace = { account: "111122223333", region: "us-east-1" } as const;
export const gcpPlace = {
  project: "acme-prod",
  projectNumber: "123456789012",
  region: "europe-west1",
} as const;

const cells = {
  aws: { cloud: "aws", environment: "prod", name: "aws-use1", cidr: "10.0.0.0/16", ...awsPlace },
  gcp: { cloud: "gcp", environment: "prod", name: "gcp-euw1", cidr: "10.1.0.0/16", ...gcpPlace },
  onprem: {
    cloud: "onprem",
    environment: "prod",
    name: "onprem-sel",
    cidr: "10.2.0.0/16",
    site: "Seoul",
  },
} as const;

/** The services of the tenant: `web/storefront`, `web/images` and `jobs/invoicing`. */
export const namespaces = namespacesSettings.parse({
  spaces: {
    web: { services: { storefront: {}, images: {} } },
    jobs: { services: { invoicing: {} } },
  },
});

export interface Given {
  readonly isolation?: TenantContext["isolation"];
  /** Specs of the cell's sections. */
  readonly cell?: Readonly<Record<string, unknown>>;
  /** What the tenant says about its sections besides its namespaces. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export function tenantOn(cloud: keyof typeof cells, given: Given = {}): TenantContext {
  const settings: Readonly<Record<string, unknown>> = { namespaces, ...given.settings };
  return {
    environment: "prod",
    id: "acme",
    tier: "basic",
    isolation: given.isolation ?? {},
import { awsCacheSpec, gcpCacheSpec, onpremCacheSpec } from "../../components/cache/schema.ts";
import type { Cloud } from "../../components/core/cloud.ts";
import { onpremSecretsSpec } from "../../components/secrets/schema.ts";
import type { SectionCell } from "../../components/section/cell.ts";
import type { TenantContext } from "../../components/section/tenant-section.ts";
import { awsStreamSpec, gcpStreamSpec, onpremStreamSpec } from "../../components/stream/schema.ts";
import { namespacesSettings } from "../../components/tenant-namespaces/schema.ts";
import {
  awsSpec as awsCache,
  gcpSpec as gcpCache,
  onpremSpec as onpremCache,
} from "../components/cache/fixture.ts";
import { awsSpec, gcpSpec, onpremSpec } from "../components/stream/fixture.ts";

const at = { environment: "prod", cidr: "10.32.0.0/16", sections: {} };

const cells: Readonly<Record<Cloud, SectionCell>> = {
  aws: { ...at, cloud: "aws", name: "aws-use1", account: "111122223333", region: "us-east-1" },
  gcp: {
    ...at,
    cloud: "gcp",
    name: "gcp-euw1",
    project: "acme-prod",
    projectNumber: "123456789012",
    region: "europe-west1",
  },
  onprem: { ...at, cloud: "onprem", name: "onprem-sel", site: "Seoul" },
};

/** The specs of a cell's sections by cloud. */
const specs: Readonly<Record<Cloud, Readonly<Record<string, unknown>>>> = {
  aws: { stream: awsStreamSpec.parse(awsSpec), cache: awsCacheSpec.parse(awsCache) },
  gcp: { stream: gcpStreamSpec.parse(gcpSpec), cache: gcpCacheSpec.parse(gcpCache) },
  onprem: {
    stream: onpremStreamSpec.parse(onpremSpec),
    cache: onpremCacheSpec.parse(onpremCache),
    secrets: onpremSecretsSpec.parse({
      cloud: "onprem",
      vault: { server: "https://vault.example:8200", role: "external-secrets" },
    }),
  },
};

export interface GivenTenant {
  /** @default "birch" */
  readonly id?: string;
  readonly suspended?: boolean;
  /** Specs of sections of the cell in place of those of the fixtures; undefined for a section that it does not have. */
  readonly cell?: Readonly<Record<string, unknown>>;
}

/** A tenant with the service `web/storefront` on a cell with a stream, a cache, and on-premises secrets. */
export function tenantOn(
  cloud: Cloud,
  { id = "birch", suspended = false, cell = {} }: GivenTenant = {},
): TenantContext {
  const sections: Record<string, unknown> = { ...specs[cloud], ...cell };
  const spaces = namespacesSettings.parse({
    spaces: { web: { services: { storefront: {} } }, jobs: {} },
  });
  return {
    environment: "prod",
    id,
    tier: "basic",
    isolation: {},
    lifetime: "permanent",
    frameworks: [],
    retentionDays: 30,
    reaches: [],
    suspended: false,
    cell: { ...cells[cloud], sections: {} },
    cellSpec: ({ name }) => given.cell?.[name] as never,
    settings: ({ name }) => settings[name] as never,
  };
}

/** The statements of a policy document by their sids. */
export function statementsIn(document: unknown): Record<string, Record<string, unknown>> {
  const { Statement } = JSON.parse(String(document)) as { Statement: Record<string, unknown>[] };
  return Object.fromEntries(Statement.map(({ Sid, ...rest }) => [String(Sid), rest]));
}
    suspended,
    cell: cells[cloud],
    cellSpec: ({ name }) => sections[name] as never,
    settings: ({ name }) => (name === "namespaces" ? spaces : undefined) as never,
  };
}
