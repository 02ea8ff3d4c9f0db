import { OnpremDatabase, type OnpremDatabaseArgs } from "../database/onprem.ts";
import { database } from "../database/section.ts";
import type { TenantBuild } from "../section/tenant-build.ts";
import { tenantObject } from "../tenant-namespaces/names.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import { OnpremTenantDatabases } from "./onprem.ts";
import { OnpremTenantsGroup } from "./onprem-group.ts";
import type { OnpremTenantDatabaseSpec } from "./schema.ts";

export function build(
  spec: OnpremTenantDatabaseSpec,
  tenant: TenantBuild<"onprem">,
): OnpremTenantDatabases {
  const { name, common, cluster, opts, ofCell, needed } = tenant;
  // Bindings are for its service accounts.
  const made = opts({ dependsOn: needed(namespaces) });
  if (spec.cluster === undefined) {
    const postgres = {
      cluster: ofCell(database, "Cluster of its database", ({ forTenants }) => forTenants?.cluster),
      host: ofCell(database, "primary of its database", ({ forTenants }) => forTenants?.writer),
    };
    return new OnpremTenantDatabases(name, { ...common, spec, cluster, postgres }, made);
  }
  const own = new OnpremDatabase(
    `${name}-cluster`,
    {
      ...common,
      spec: spec.cluster as OnpremDatabaseArgs["spec"],
      cluster,
      clusterName: tenantObject(spec.tenant),
    },
    opts(),
  );
  const group = new OnpremTenantsGroup(
    `${name}-users`,
    { ...common, cluster, namespace: own.namespace, database: own.clusterName },
    opts({ dependsOn: own }),
  );
  return new OnpremTenantDatabases(
    name,
    {
      ...common,
      spec,
      cluster,
      postgres: { cluster: own.clusterName, host: own.writerEndpoint },
      after: [own, group],
    },
    made,
  );
}
