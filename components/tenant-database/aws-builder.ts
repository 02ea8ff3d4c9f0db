import type { AwsDatabaseArgs } from "../database/aws.ts";
import type { AwsDatabaseReference } from "../database/grant.ts";
import { database } from "../database/section.ts";
import type { TenantBuild } from "../section/tenant-build.ts";
import { sharedWithTenants } from "../tenancy/shared-outputs.ts";
import { AwsTenantDatabases } from "./aws.ts";
import { AwsTenantCluster } from "./aws-own.ts";
import { functionNames } from "./aws-shared.ts";
import type { AwsTenantDatabaseSpec } from "./schema.ts";

export function build(spec: AwsTenantDatabaseSpec, tenant: TenantBuild<"aws">): AwsTenantDatabases {
  const { name, common, opts, ofCell, tenant: context } = tenant;
  const names = functionNames({ environment: context.environment, cell: context.cell.name });
  if (spec.cluster === undefined) {
    return new AwsTenantDatabases(
      name,
      {
        ...common,
        spec,
        functionName: names.tenants,
        server: {
          writer: ofCell(
            database,
            "writer of its database",
            ({ forTenants }) => forTenants?.writer,
          ),
          endpoint: ofCell(database, "endpoint of its database", ({ endpoint }) => endpoint),
        },
        reference: referenceOf(tenant),
      },
      opts(),
    );
  }
  const own = new AwsTenantCluster(
    `${name}-cluster`,
    {
      ...common,
      spec: spec.cluster as AwsDatabaseArgs["spec"],
      ...groundOf(tenant, spec.cluster),
      keys: { data: tenant.key("databases"), logs: tenant.key("logs") },
      functions: {
        setupName: names.setup,
        functionGroupId: groupOf(tenant, "functionGroupId"),
        setupGroupId: groupOf(tenant, "setupGroupId"),
      },
    },
    opts(),
  );
  return new AwsTenantDatabases(
    name,
    {
      ...common,
      spec,
      functionName: names.tenants,
      server: { writer: own.database.writerEndpoint, endpoint: own.database.endpoint },
      reference: {
        resourceId: own.database.signInId,
        ...(own.database.proxyResourceId && {
          clusterResourceId: own.database.clusterResourceId,
        }),
      },
      after: [own],
    },
    opts(),
  );
}

/** Where the cell's own database is: a subnet for each zone. */
function groundOf(
  { ofCell }: TenantBuild<"aws">,
  { zones }: Readonly<Record<string, unknown>>,
): Pick<AwsDatabaseArgs, "network" | "cluster"> {
  const known = (field: "vpcId" | "clusterSecurityGroupId") =>
    ofCell(database, field, ({ forTenants }) => forTenants?.[field]);
  const subnet = (index: number) =>
    ofCell(
      database,
      "isolated subnets",
      ({ forTenants }) => forTenants?.isolatedSubnetIds?.[index],
    );
  return {
    network: {
      vpcId: known("vpcId"),
      isolatedSubnetIds: (zones as readonly string[]).map((_, index) => subnet(index)),
    },
    cluster: { clusterSecurityGroupId: known("clusterSecurityGroupId") },
  };
}

function groupOf({ ofCell }: TenantBuild<"aws">, field: "functionGroupId" | "setupGroupId") {
  return ofCell(
    sharedWithTenants,
    `security group of its functions (${field})`,
    ({ databases }) => databases?.[field],
  );
}

/** The cell's proxy and cluster, or the cluster alone. */
function referenceOf({ reference, tenant }: TenantBuild<"aws">): AwsDatabaseReference {
  const known = reference("database", "main");
  const field = (name: keyof AwsDatabaseReference) =>
    known.apply(({ [name]: value }) => String(value ?? ""));
  return {
    resourceId: field("resourceId"),
    ...(tenant.cellSpec(database, "aws")?.proxy !== false && {
      clusterResourceId: field("clusterResourceId"),
    }),
  };
}
