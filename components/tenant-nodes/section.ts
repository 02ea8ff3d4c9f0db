/** The nodes of tenants, as a section of tiers and of tenants' manifests. */
import { z } from "zod";
import { nodeAccountId } from "../cluster/gcp-node-account.ts";
import { cluster } from "../cluster/section.ts";
import { nodePools } from "../node-pool/section.ts";
import { zonesOf } from "../section/cell.ts";
import { defineTenantSection, type Given, type TenantContext } from "../section/tenant-section.ts";
import type { Isolation } from "../tenancy/isolation.ts";
import { dedicatedProblems, poolSettings, takenPool } from "./plan.ts";
import {
  awsTenantNodesSpec,
  gcpTenantNodesSpec,
  nodesSettings,
  nodesTier,
  onpremTenantNodesSpec,
} from "./schema.ts";

type GivenNodes = Given<{
  readonly tier: typeof nodesTier;
  readonly settings: typeof nodesSettings;
}>;

/** The value of the label `atoll.dev/pool` on its own nodes. */
const outputs = z.object({ pool: z.string() });

const shared = () => import("./shared-builder.ts");

export const nodes = defineTenantSection({
  name: "nodes",
  component: "nodes",
  page: "components/tenant-nodes",
  about: "The nodes of its pods.",
  layer: true,
  tier: nodesTier,
  inTier: "defaulted",
  settings: nodesSettings,
  required: "defaulted",
  clouds: {
    aws: {
      spec: awsTenantNodesSpec,
      plan: ({ isolation, tier }: GivenNodes, { id }: TenantContext) => ({
        cloud: "aws",
        tenant: id,
        isolation,
        pool: poolSettings(id, isolation, tier),
      }),
      check: ({ isolation }: GivenNodes, tenant: TenantContext) =>
        isolation === "silo"
          ? takenPool(tenant.id, tenant.cellSpec(nodePools, "aws")?.pools ?? {})
          : [],
      build: () => import("./aws-builder.ts"),
      shared,
    },
    gcp: {
      spec: gcpTenantNodesSpec,
      plan: ({ isolation, tier }: GivenNodes, tenant: TenantContext) => {
        const { id, cell } = tenant;
        const spec = tenant.cellSpec(cluster, "gcp");
        const project = cell.cloud === "gcp" ? cell.project : "";
        return {
          cloud: "gcp",
          tenant: id,
          isolation,
          project,
          ...(cell.cloud === "gcp" && { region: cell.region, zones: zonesOf(cell) }),
          cluster: {
            name: spec?.existing?.name ?? spec?.name,
            location: spec?.existing?.location ?? spec?.region,
            nodeAccount: `${nodeAccountId(spec?.name ?? "")}@${project}.iam.gserviceaccount.com`,
          },
          pool: poolSettings(id, isolation, tier),
        };
      },
      check: ({ isolation }: GivenNodes, tenant: TenantContext) =>
        isolation === "silo"
          ? takenPool(tenant.id, tenant.cellSpec(nodePools, "gcp")?.pools ?? {})
          : [],
      build: () => import("./gcp-builder.ts"),
      shared,
    },
    onprem: {
      spec: onpremTenantNodesSpec,
      plan: ({ isolation }: GivenNodes, { id }: TenantContext) => ({
        cloud: "onprem",
        tenant: id,
        isolation,
      }),
      check: ({ isolation }: GivenNodes, tenant: TenantContext) =>
        isolation === "silo"
          ? dedicatedProblems(tenant.id, tenant.cellSpec(nodePools, "onprem")?.pools ?? {})
          : [],
      build: () => import("./onprem-builder.ts"),
      shared,
    },
  },
  // Pods of a silo run on its nodes alone.
  owns: ({ isolation }: { readonly isolation: Isolation }) =>
    isolation === "silo" ? ["cpu", "memoryGib", "pods"] : [],
  outputs,
  outputsOf: ({ pool }: { readonly pool: unknown }) => ({ pool }),
});
