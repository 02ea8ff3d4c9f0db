/** The keys of tenants, as a section of tiers and of tenants' manifests. */
import { z } from "zod";
import { namePlaceOf } from "../section/cell.ts";
import { defineTenantSection, type Given, type TenantContext } from "../section/tenant-section.ts";
import type { Isolation } from "../tenancy/isolation.ts";
import { storesRoleArn } from "../tenant-secrets/shared-role.ts";
import type { TenantKeys } from "./contract.ts";
import { purposesOf } from "./gcp-agents.ts";
import { keysMoves } from "./moves.ts";
import {
  awsTenantKeysSpec,
  gcpTenantKeysSpec,
  type KeysTier,
  keysSettings,
  keysTier,
  onpremTenantKeysSpec,
} from "./schema.ts";

type GivenKeys = Given<{ readonly tier: typeof keysTier; readonly settings: typeof keysSettings }>;

/** The tenant's own key; omitted in a pool. */
const outputs = z.object({ own: z.string().optional() });

const noKeyService =
  "there is no key service on-premises: use a tier with isolation {keys: pool}, and encryption of the disks";

export const keys = defineTenantSection({
  name: "keys",
  component: "keys",
  page: "components/tenant-keys",
  about: "The key that encrypts its data.",
  layer: true,
  tier: keysTier,
  inTier: "defaulted",
  settings: keysSettings,
  required: "defaulted",
  moves: keysMoves,
  clouds: {
    aws: {
      spec: awsTenantKeysSpec,
      plan: ({ isolation, tier }: GivenKeys, { id, cell }: TenantContext) => ({
        cloud: "aws",
        tenant: id,
        isolation,
        ...(cell.cloud === "aws" && { account: cell.account, region: cell.region }),
        rotationDays: own(isolation, tier) ?? 365,
        deletionWindowDays: tier.deletionWindowDays,
        storesRole: storesRoleArn({
          ...namePlaceOf(cell),
          account: cell.cloud === "aws" ? cell.account : "",
        }),
      }),
      build: () => import("./aws-builder.ts"),
    },
    gcp: {
      spec: gcpTenantKeysSpec,
      plan: ({ isolation, tier, settings }: GivenKeys, { id, cell, ...tenant }: TenantContext) => ({
        cloud: "gcp",
        tenant: id,
        isolation,
        ...(cell.cloud === "gcp" && {
          project: cell.project,
          projectNumber: cell.projectNumber,
          region: cell.region,
        }),
        rotationDays: own(isolation, tier) ?? 90,
        edition: settings.edition,
        purposes: purposesOf(tenant.isolation),
      }),
      build: () => import("./gcp-builder.ts"),
    },
    onprem: {
      without: { bridge: noKeyService, silo: noKeyService },
      spec: onpremTenantKeysSpec,
      plan: ({ isolation }: GivenKeys) => ({ cloud: "onprem", isolation }),
      build: () => import("./onprem-builder.ts"),
    },
  },
  demand: ({ isolation, cloud }: { readonly isolation: string; readonly cloud: string }) =>
    isolation === "pool" || cloud === "onprem" ? {} : { keys: 1 },
  outputs,
  outputsOf: ({ own }: TenantKeys) => (own === undefined ? {} : { own }),
});

/** The keys of a pool are the environment's. */
function own(isolation: Isolation, { rotationDays }: KeysTier): number | undefined {
  return isolation === "pool" ? undefined : rotationDays;
}
