import { cluster } from "../cluster/section.ts";
import { database } from "../database/section.ts";
import { servesTenants } from "../database/tenants.ts";
import type { SectionBuild } from "../section/build.ts";
import { OnpremTenantsGroup } from "./onprem-group.ts";

export function build(
  name: string,
  tiers: Readonly<Record<string, unknown>>,
  { common, opts, built, needed }: SectionBuild<"onprem">,
): OnpremTenantsGroup | undefined {
  const main = built(database);
  if (main === undefined || !servesTenants({ tiers })) return undefined;
  return new OnpremTenantsGroup(
    name,
    {
      ...common,
      cluster: needed(cluster),
      namespace: main.namespace,
      database: main.clusterName,
    },
    opts({ dependsOn: main }),
  );
}
