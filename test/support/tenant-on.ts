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
    supernet: "10.0.0.0/8",
    id,
    tier: "basic",
    isolation: {},
    lifetime: "permanent",
    frameworks: [],
    retentionDays: 30,
    reaches: [],
    suspended,
    cell: cells[cloud],
    cellSpec: ({ name }) => sections[name] as never,
    settings: ({ name }) => (name === "namespaces" ? spaces : undefined) as never,
  };
}
