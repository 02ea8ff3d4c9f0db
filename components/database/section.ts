/** The database of a cell, as a section of its manifest. */

import { z } from "zod";
import {
  type AwsCell,
  awsPlace,
  type CellContext,
  cellName,
  copiedNames,
  type GcpCell,
  gcpPlace,
  type OnpremCell,
  zonesOf,
} from "../section/cell.ts";
import { defineSection, ownNamespace } from "../section/section.ts";
import { inInstanceZones } from "./aws-zones.ts";
import { awsDatabaseAddresses } from "./capacity.ts";
import { databaseChanges } from "./changes.ts";
import type { DatabaseContract } from "./contract.ts";
import { databaseGrant } from "./grant.ts";
import { databaseKey } from "./key.ts";
import { derivedFromCluster, derivedFromCopy } from "./onprem-operated.ts";
import {
  awsDatabaseSettings,
  awsDatabaseSpec,
  gcpDatabaseSettings,
  gcpDatabaseSpec,
  type OnpremDatabaseSpec,
  onpremDatabaseSettings,
  onpremDatabaseSpec,
} from "./schema.ts";
import { databaseCosts, databaseSupply } from "./supply.ts";
import { servesTenants } from "./tenants.ts";

const outputs = z.object({
  name: z.string(),
  version: z.string(),
  endpoint: z.string(),
  readerEndpoint: z.string().optional(),
  port: z.number(),
  /** What the stacks of tenants need. Stacks of older releases have none. */
  forTenants: z
    .object({
      /** Host of the writer itself. */
      writer: z.string(),
      /** Google Cloud: the instance. */
      instance: z.string(),
      connectionName: z.string(),
      /** On-premises: the Cluster. */
      cluster: z.string(),
      vpcId: z.string(),
      isolatedSubnetIds: z.array(z.string()),
      clusterSecurityGroupId: z.string(),
      networkId: z.string(),
      subnetworkId: z.string(),
    })
    .partial()
    .optional(),
});

export const database = defineSection({
  name: "database",
  plural: "databases",
  component: "database",
  clouds: {
    aws: {
      settings: awsDatabaseSettings,
      spec: awsDatabaseSpec,
      changes: databaseChanges.aws,
      facts: (cell: AwsCell, context: CellContext) => ({
        ...awsPlace(cell),
        zones: zonesOf(cell),
        logicalReplication: false,
        tenants: servesTenants(context),
      }),
      settled: inInstanceZones,
      addresses: awsDatabaseAddresses,
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: gcpDatabaseSettings,
      spec: gcpDatabaseSpec,
      changes: databaseChanges.gcp,
      facts: (cell: GcpCell, context: CellContext) => ({
        ...gcpPlace(cell),
        logicalReplication: false,
        tenants: servesTenants(context),
      }),
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: onpremDatabaseSettings,
      spec: onpremDatabaseSpec,
      changes: databaseChanges.onprem,
      facts: ({ cloud }: OnpremCell, context: CellContext) => ({
        cloud,
        tenants: servesTenants(context),
      }),
      derivedNames: ({ replicateTo }: OnpremDatabaseSpec) =>
        replicateTo === undefined
          ? derivedFromCluster
          : [...derivedFromCluster, ...derivedFromCopy],
      build: () => import("./onprem-section.ts"),
    },
  },
  further: {
    aws: () => ({}),
    gcp: () => ({}),
    onprem: (key) => ({ namespace: `database-${key}`, operator: "present" }),
  },
  mainOnly: ["replicateTo"],
  supply: databaseSupply,
  costs: databaseCosts,
  grant: databaseGrant,
  granted: () => ["main"],
  key: databaseKey,
  names: (own, cell, component) => {
    if (cell.cloud === "onprem") return [];
    const kind = cell.cloud === "aws" ? "rds-cluster" : "cloud-sql-instance";
    const copy = copiedNames(own, cellName(cell, kind, ["database-copy"], "replicateTo"));
    if (cell.cloud === "gcp") return [cellName(cell, kind, [component]), ...copy];
    return [
      ...copy,
      cellName(cell, "rds-cluster", [component]),
      cellName(cell, "iam-role", [component, "monitoring"]),
      // The proxy is a child of the component, and has its name.
      cellName(cell, "iam-role", [`${component}-proxy`]),
    ];
  },
  namespaces: ownNamespace,
  statefulNodes: () => ({}),
  logRetention: [["logRetentionDays"]],
  outputs,
  outputsOf: (built: DatabaseContract) => ({
    name: built.databaseName,
    version: built.version,
    endpoint: built.endpoint,
    ...(built.readerEndpoint && { readerEndpoint: built.readerEndpoint }),
    port: built.port,
    forTenants: built.forTenants,
  }),
  column: {
    title: "PostgreSQL",
    value: ({ version, name }: z.output<typeof outputs>) => `${version}, database ${name}`,
  },
});
