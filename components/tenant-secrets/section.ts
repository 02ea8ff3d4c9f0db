/** The secrets of tenants, as a section of tiers and of tenants' manifests. */
import { z } from "zod";
import { cluster } from "../cluster/section.ts";
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import { secrets as ofCell } from "../secrets/section.ts";
import { cellName, namePlaceOf, type SectionCell } from "../section/cell.ts";
import { defineTenantSection, type Given, type TenantContext } from "../section/tenant-section.ts";
import { namespaceOf } from "../tenant-namespaces/names.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import type { TenantSecrets } from "./contract.ts";
import { secretsMoves } from "./moves.ts";
import { readerOf, secretName, storeOf, tenantsPath } from "./names.ts";
import { secretsProblems } from "./problems.ts";
import {
  awsTenantSecretsSpec,
  gcpTenantSecretsSpec,
  onpremTenantSecretsSpec,
  secretsSettings,
  secretsTier,
} from "./schema.ts";
import { storesRoleArn } from "./shared-role.ts";

type GivenSecrets = Given<{
  readonly tier: typeof secretsTier;
  readonly settings: typeof secretsSettings;
}>;

/** Names of secrets for `remoteRef.key` by key, and the ClusterSecretStore that ExternalSecrets name. */
const outputs = z.object({ names: z.record(z.string(), z.string()), store: z.string() });

const shared = () => import("./shared-builder.ts");

export const secrets = defineTenantSection({
  name: "secrets",
  component: "secrets",
  page: "components/tenant-secrets",
  about: "Its secrets, and the store that reads these alone.",
  tier: secretsTier,
  inTier: "defaulted",
  settings: secretsSettings,
  uses: ofCell,
  moves: secretsMoves,
  clouds: {
    aws: {
      spec: awsTenantSecretsSpec,
      plan: ({ settings }: GivenSecrets, tenant: TenantContext) => {
        const { cell, id } = tenant;
        const place = namePlaceOf(cell);
        const account = cell.cloud === "aws" ? cell.account : "";
        return {
          cloud: "aws",
          account,
          ...(cell.cloud === "aws" && { region: cell.region }),
          ...storeFacts(tenant),
          path: `${tenantsPath(place)}/${id}/`,
          role: storesRoleArn({ ...place, account }),
          secrets: settings.secrets,
        };
      },
      check: (given: GivenSecrets, tenant: TenantContext) => check("aws", given, tenant),
      build: () => import("./aws-builder.ts"),
      sharedNames: (cell: SectionCell) => [cellName(cell, "iam-role", ["tenant-secrets"])],
      shared: () => import("./aws-shared-builder.ts"),
    },
    gcp: {
      spec: gcpTenantSecretsSpec,
      plan: ({ settings }: GivenSecrets, tenant: TenantContext) => {
        const { cell, id } = tenant;
        const place = namePlaceOf(cell);
        const spec = tenant.cellSpec(cluster, "gcp");
        return {
          cloud: "gcp",
          ...(cell.cloud === "gcp" && {
            project: cell.project,
            projectNumber: cell.projectNumber,
            region: cell.region,
          }),
          ...storeFacts(tenant),
          cluster: {
            name: spec?.existing?.name ?? spec?.name,
            location: spec?.existing?.location ?? spec?.region,
          },
          reader: readerFacts("gcp", tenant),
          secrets: Object.fromEntries(
            Object.entries(settings.secrets).map(([key, secret]) => [
              key,
              { ...secret, name: secretName("gcp", place, id, key) },
            ]),
          ),
        };
      },
      check: (given: GivenSecrets, tenant: TenantContext) => check("gcp", given, tenant),
      build: () => import("./gcp-builder.ts"),
      shared,
    },
    onprem: {
      spec: onpremTenantSecretsSpec,
      plan: ({ settings }: GivenSecrets, tenant: TenantContext) => {
        const reader = readerFacts("onprem", tenant);
        const vault = tenant.cellSpec(ofCell, "onprem")?.vault;
        return {
          cloud: "onprem",
          ...storeFacts(tenant),
          reader,
          vault: vault && { ...vault, role: settings.vaultRole ?? reader.name },
        };
      },
      check: (given: GivenSecrets, tenant: TenantContext) => check("onprem", given, tenant),
      build: () => import("./onprem-builder.ts"),
      shared,
    },
  },
  outputs,
  outputsOf: ({ secretNames, store }: TenantSecrets) => ({ names: secretNames, store: store.name }),
  column: {
    title: "secrets",
    value: ({ names }: z.output<typeof outputs>) => Object.keys(names).join(", "),
  },
});

function storeFacts(tenant: TenantContext) {
  const { id } = tenant;
  const spaces = Object.keys(tenant.settings(namespaces)?.spaces ?? {});
  return {
    tenant: id,
    store: storeOf(id),
    namespaces: spaces.map((space) => namespaceOf(id, space)),
  };
}

function readerFacts(cloud: "gcp" | "onprem", tenant: TenantContext) {
  const { externalSecrets } = tenant.cellSpec(ofCell, cloud) ?? {};
  return {
    name: readerOf(namePlaceOf(tenant.cell), tenant.id),
    namespace: externalSecrets?.namespace ?? "",
  };
}

function check(cloud: Cloud, { tier, settings }: GivenSecrets, tenant: TenantContext): Problem[] {
  return secretsProblems({
    cloud,
    tenant: tenant.id,
    tier,
    settings,
    namespaces: tenant.settings(namespaces),
    cellStore: tenant.cellSpec(ofCell, cloud)?.externalSecrets.store,
  });
}
