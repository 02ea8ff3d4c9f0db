import { database } from "../database/section.ts";
import { servesTenants } from "../database/tenants.ts";
import type { SectionBuild } from "../section/build.ts";
import { deployerEmail, GcpSqlDeployer } from "./gcp-deployer.ts";

export function build(
  name: string,
  tiers: Readonly<Record<string, unknown>>,
  { cell, common, credentials, lookUp, opts, built }: SectionBuild<"gcp">,
): GcpSqlDeployer | undefined {
  const main = built(database);
  if (main === undefined || !servesTenants({ tiers })) return undefined;
  return new GcpSqlDeployer(
    name,
    {
      ...common,
      project: cell.project,
      instance: main.instanceName,
      email: deployerEmail(credentials, cell.project, lookUp()),
    },
    opts({ dependsOn: main }),
  );
}
