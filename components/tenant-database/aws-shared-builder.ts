import { database } from "../database/section.ts";
import { servesTenants } from "../database/tenants.ts";
import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import type { Isolation } from "../tenancy/isolation.ts";
import { AwsTenantFunctions } from "./aws-shared.ts";

/** What is read of a tier. */
type DatabaseTierOfCell = { readonly isolation: Readonly<Record<string, Isolation>> };

export function build(
  name: string,
  tiers: Readonly<Record<string, DatabaseTierOfCell>>,
  { cell, common, opts, key, ...sections }: SectionBuild<"aws">,
): AwsTenantFunctions | undefined {
  const main = sections.built(database);
  if (main === undefined || !servesTenants({ tiers })) return undefined;
  const { vpcId, isolatedSubnetIds, endpointSecurityGroupId } = sections.needed(network);
  return new AwsTenantFunctions(
    name,
    {
      ...common,
      account: cell.account,
      region: cell.region,
      network: { vpcId, isolatedSubnetIds, endpointSecurityGroupId, cidr: cell.cidr },
      database: {
        host: main.writerEndpoint,
        clusterResourceId: main.clusterResourceId,
        securityGroupId: main.securityGroupId,
        masterSecretArn: main.masterSecretArn,
        ready: main,
      },
      keys: { logs: key("logs"), databases: key("databases") },
      logRetentionDays: main.spec.logRetentionDays,
      ownClusters: Object.values(tiers).some(({ isolation }) => isolation.database === "silo"),
    },
    opts(),
  );
}
