/** The databases of tenants, as a section of tiers and of tenants' manifests. */
import { z } from "zod";
import { database } from "../database/section.ts";
import { majors } from "../database/versions.ts";
import {
  type AwsCell,
  cellName,
  type GcpCell,
  type OnpremCell,
  type SectionCell,
} from "../section/cell.ts";
import { defineTenantSection, type TenantContext } from "../section/tenant-section.ts";
import { namespaceOf } from "../tenant-namespaces/names.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import type { TenantDatabases } from "./contract.ts";
import { databaseMoves } from "./moves.ts";
import { type GivenDatabase, ownCluster, plannedDatabases } from "./plan.ts";
import { databaseProblems, namespaceProblems } from "./problems.ts";
import { reachOnAws, reachOnGcp, reachOnprem } from "./reaches.ts";
import {
  awsTenantDatabaseSpec,
  databaseSettings,
  databaseTier,
  gcpTenantDatabaseSpec,
  onpremTenantDatabaseSpec,
  type TenantDatabaseSpec,
} from "./schema.ts";

/** Of a user: its name in PostgreSQL, and how it signs in. */
const user = z.object({
  name: z.string().optional(),
  service: z.string(),
  may: z.string(),
  /** The role to act as: `SET ROLE`. Aurora sets it by itself. */
  role: z.string().optional(),
  signIn: z.enum(["aws-iam", "google-iam", "certificate"]),
  /** The secret with the certificate, in the namespace of PostgreSQL. */
  secret: z.string().optional(),
});

const outputs = z.object({
  databases: z.record(
    z.string(),
    z.object({
      host: z.string(),
      port: z.number(),
      database: z.string(),
      schema: z.string().optional(),
      /** `<project>:<region>:<instance>`, for connectors of Cloud SQL. */
      connectionName: z.string().optional(),
      /** The namespace with the secrets. */
      namespace: z.string().optional(),
      /** The size that alerts are for. */
      storage: z.string(),
      users: z.record(z.string(), user),
    }),
  ),
});

/** The namespace of a tenant's own PostgreSQL on-premises. */
const ownSpace = "database";

export const tenantDatabase = defineTenantSection({
  name: "database",
  component: "database",
  page: "components/tenant-database",
  about: "Its databases: who signs in to them, extensions and limits.",
  layer: true,
  tier: databaseTier,
  settings: databaseSettings,
  uses: database,
  moves: databaseMoves,
  clouds: {
    aws: {
      spec: awsTenantDatabaseSpec,
      plan: (given: GivenDatabase, tenant: TenantContext) => {
        const { account, region } = tenant.cell as AwsCell;
        const cluster = ownCluster(tenant.cellSpec(database, "aws") ?? {}, given);
        return {
          ...plannedDatabases(given, tenant),
          cloud: "aws",
          account,
          region,
          ...(cluster && { cluster }),
        };
      },
      check: (given: GivenDatabase, tenant: TenantContext) =>
        databaseProblems("aws", given, tenant),
      reaches: (_: GivenDatabase, cell: AwsCell) => reachOnAws(cell),
      build: () => import("./aws-builder.ts"),
      sharedNames: (cell: SectionCell) =>
        [["tenant-databases"], ["tenant-databases", "setup"]].map((key) =>
          cellName(cell, "iam-role", key),
        ),
      shared: () => import("./aws-shared-builder.ts"),
    },
    gcp: {
      spec: gcpTenantDatabaseSpec,
      plan: (given: GivenDatabase, tenant: TenantContext) => {
        const { project, region } = tenant.cell as GcpCell;
        const cluster = ownCluster(tenant.cellSpec(database, "gcp") ?? {}, given);
        const { generation } = given.settings;
        return {
          ...plannedDatabases(given, tenant),
          cloud: "gcp",
          project,
          region,
          ...(cluster && { cluster: { ...cluster, generation } }),
        };
      },
      check: (given: GivenDatabase, tenant: TenantContext) =>
        databaseProblems("gcp", given, tenant),
      reaches: (_: GivenDatabase, cell: GcpCell) => reachOnGcp(cell),
      build: () => import("./gcp-builder.ts"),
      shared: () => import("./gcp-shared-builder.ts"),
    },
    onprem: {
      spec: onpremTenantDatabaseSpec,
      plan: planOnprem,
      check: (given: GivenDatabase, tenant: TenantContext) => [
        ...databaseProblems("onprem", given, tenant),
        ...(given.isolation === "silo" ? namespaceProblems(ownSpace, tenant) : []),
      ],
      reaches: ({ isolation }: GivenDatabase, cell: OnpremCell, id: string) =>
        reachOnprem(cell, isolation === "silo" ? namespaceOf(id, ownSpace) : undefined),
      build: () => import("./onprem-builder.ts"),
      shared: () => import("./onprem-shared-builder.ts"),
    },
  },
  demand: ({ isolation, databases }: TenantDatabaseSpec) => {
    const all = Object.values(databases);
    if (isolation === "silo") return {};
    return {
      databases: all.filter(({ mode }) => mode === "database").length,
      databaseConnections: all.reduce((sum, { connections }) => sum + connections, 0),
    };
  },
  outputs,
  outputsOf: ({ databases }: TenantDatabases) => ({ databases }),
  column: {
    title: "databases",
    value: ({ databases }: z.output<typeof outputs>) =>
      Object.values(databases)
        .map((each) => each.schema ?? each.database)
        .join(", "),
  },
});

function planOnprem(given: GivenDatabase, tenant: TenantContext) {
  const cell = tenant.cellSpec(database, "onprem");
  const { spaces = {} } = tenant.settings(namespaces) ?? {};
  const clients = Object.keys(spaces).map((space) => namespaceOf(tenant.id, space));
  const own = namespaceOf(tenant.id, ownSpace);
  const cluster = ownCluster(cell ?? {}, given);
  return {
    ...plannedDatabases(given, tenant),
    cloud: "onprem",
    namespace: cluster === undefined ? (cell?.namespace ?? "database") : own,
    image: majors[cell?.version ?? "17"].image,
    clients,
    suspended: tenant.suspended,
    ...(cluster && {
      cluster: {
        ...cluster,
        generation: given.settings.generation,
        namespace: own,
        operator: "present",
        clientNamespaces: clients,
      },
    }),
  };
}
