import type * as pulumi from "@pulumi/pulumi";
import type { GcpDatabaseArgs } from "../database/gcp.ts";
import { database } from "../database/section.ts";
import type { TenantBuild } from "../section/tenant-build.ts";
import { GcpTenantDatabases } from "./gcp.ts";
import { deployerEmail } from "./gcp-deployer.ts";
import { GcpTenantInstance } from "./gcp-own.ts";
import type { GcpTenantDatabaseSpec } from "./schema.ts";

export function build(spec: GcpTenantDatabaseSpec, tenant: TenantBuild<"gcp">): GcpTenantDatabases {
  const { name, common, opts, key, credentials } = tenant;
  const ofCell = (field: "instance" | "connectionName" | "networkId" | "subnetworkId") =>
    tenant.ofCell(database, `${field} of its database`, ({ forTenants }) => forTenants?.[field]);
  if (spec.cluster === undefined) {
    const instance = {
      name: ofCell("instance"),
      connectionName: ofCell("connectionName"),
      host: tenant.ofCell(database, "endpoint of its database", ({ endpoint }) => endpoint),
    };
    return new GcpTenantDatabases(name, { ...common, spec, instance }, opts());
  }
  const { gcp: provider } = opts().providers as Readonly<Record<string, pulumi.ProviderResource>>;
  const own = new GcpTenantInstance(
    `${name}-cluster`,
    {
      ...common,
      spec: spec.cluster as GcpDatabaseArgs["spec"],
      network: { networkId: ofCell("networkId"), subnetworkId: ofCell("subnetworkId") },
      keys: { data: key("databases") },
      deployer: deployerEmail(
        credentials,
        spec.project,
        provider === undefined ? {} : { provider },
      ),
    },
    opts(),
  );
  const { instanceName, connectionName, endpoint } = own.database;
  return new GcpTenantDatabases(
    name,
    {
      ...common,
      spec,
      instance: { name: instanceName, connectionName, host: endpoint },
      after: [own],
    },
    opts(),
  );
}
