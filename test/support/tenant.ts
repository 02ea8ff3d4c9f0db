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
    supernet: "10.0.0.0/8",
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
    supernet: "10.0.0.0/8",
    id: "acme",
    tier: "basic",
    isolation: given.isolation ?? {},
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
