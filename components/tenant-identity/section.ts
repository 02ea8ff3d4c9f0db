/** The cloud identities of tenants' services, as a section of tiers and of tenants' manifests. */
import { z } from "zod";
import { cluster } from "../cluster/section.ts";
import { defineTenantSection, type Given, type TenantContext } from "../section/tenant-section.ts";
import { tenantOffers } from "./offers.ts";
import { awsServices, gcpServices } from "./plan.ts";
import {
  type AwsTenantIdentitySpec,
  awsTenantIdentitySpec,
  gcpTenantIdentitySpec,
  identitySettings,
  identityTier,
  onpremTenantIdentitySpec,
} from "./schema.ts";

type GivenIdentity = Given<{
  readonly tier: typeof identityTier;
  readonly settings: typeof identitySettings;
}>;

/** The principal of each service with permissions in the cloud: a role's ARN, or a member of IAM policies. */
const outputs = z.object({ principals: z.record(z.string(), z.string()) });

export const identity = defineTenantSection({
  name: "identity",
  component: "identity",
  page: "components/tenant-identity",
  about: "What its services may do in the cloud.",
  layer: true,
  tier: identityTier,
  inTier: "defaulted",
  settings: identitySettings,
  required: "defaulted",
  clouds: {
    aws: {
      spec: awsTenantIdentitySpec,
      plan: ({ isolation }: GivenIdentity, tenant: TenantContext) => ({
        cloud: "aws",
        tenant: tenant.id,
        isolation,
        ...(tenant.cell.cloud === "aws" && {
          account: tenant.cell.account,
          region: tenant.cell.region,
        }),
        cluster: clusterOf(tenant),
        services: awsServices(tenant, tenantOffers),
      }),
      build: () => import("./aws-builder.ts"),
      shared: () => import("./shared-builder.ts"),
    },
    gcp: {
      spec: gcpTenantIdentitySpec,
      plan: (_: GivenIdentity, tenant: TenantContext) => ({
        cloud: "gcp",
        tenant: tenant.id,
        ...(tenant.cell.cloud === "gcp" && {
          project: tenant.cell.project,
          projectNumber: tenant.cell.projectNumber,
        }),
        services: gcpServices(tenant, tenantOffers),
      }),
      build: () => import("./gcp-builder.ts"),
    },
    onprem: {
      spec: onpremTenantIdentitySpec,
      plan: () => ({ cloud: "onprem" }),
      build: () => import("./onprem-builder.ts"),
    },
  },
  demand: (spec: AwsTenantIdentitySpec | { readonly cloud: "gcp" | "onprem" }) => {
    if (spec.cloud !== "aws") return {};
    const roles = Object.values(spec.services);
    return {
      iamRoles: roles.filter((role) => role === "own").length,
      podIdentityAssociations: roles.length,
    };
  },
  outputs,
  outputsOf: ({ principals }: { readonly principals: unknown }) => ({ principals }),
});

function clusterOf(tenant: TenantContext) {
  const { name, existing } = tenant.cellSpec(cluster, "aws") ?? {};
  return { name: existing?.name ?? name, prefix: name };
}
