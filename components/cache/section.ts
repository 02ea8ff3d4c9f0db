/** The cache of a cell, as a section of its manifest. */

import { z } from "zod";
import type { PlannedName } from "../core/place.ts";
import type { Singleton } from "../core/singleton.ts";
import {
  type AwsCell,
  awsPlace,
  type CellContext,
  cellName,
  type GcpCell,
  gcpPlace,
  namesIn,
  type SectionCell,
  type Written,
} from "../section/cell.ts";
import { defineSection, ownNamespace } from "../section/section.ts";
import { inNodeZones } from "./aws-zones.ts";
import type { Cache } from "./cache.ts";
import { awsCacheAddresses } from "./capacity.ts";
import { cacheChanges } from "./changes.ts";
import { cacheGrant } from "./grant.ts";
import { cacheKey } from "./key.ts";
import { derivedFromRelease } from "./onprem-operated.ts";
import {
  awsCacheSettings,
  awsCacheSpec,
  gcpCacheSettings,
  gcpCacheSpec,
  onpremCacheSettings,
  onpremCacheSpec,
} from "./schema.ts";
import { cacheCosts, cacheSupply } from "./supply.ts";

const outputs = z.object({
  endpoint: z.string(),
  port: z.number(),
  clustered: z.boolean(),
  /** On AWS, where tenants have their users. Stacks of older releases do not publish it. */
  users: z.object({ cacheArn: z.string(), groupId: z.string() }).optional(),
});

export const cache = defineSection({
  name: "cache",
  plural: "caches",
  component: "cache",
  clouds: {
    aws: {
      settings: awsCacheSettings,
      spec: awsCacheSpec,
      changes: cacheChanges.aws,
      facts: (cell: AwsCell, { tiers = {} }: CellContext) => ({
        ...awsPlace(cell),
        tenants: Object.keys(tiers).length > 0,
      }),
      addresses: awsCacheAddresses,
      settled: inNodeZones,
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: gcpCacheSettings,
      spec: gcpCacheSpec,
      changes: cacheChanges.gcp,
      facts: (cell: GcpCell) => gcpPlace(cell),
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: onpremCacheSettings,
      spec: onpremCacheSpec,
      changes: cacheChanges.onprem,
      derivedNames: () => derivedFromRelease,
      build: () => import("./onprem-section.ts"),
    },
  },
  further: {
    aws: () => ({}),
    // A network has one connection policy in each region, the main cache's.
    gcp: () => ({ connectionPolicy: "present" }),
    onprem: (key) => ({ namespace: `cache-${key}` }),
  },
  supply: cacheSupply,
  costs: cacheCosts,
  grant: cacheGrant,
  granted: () => ["main"],
  key: cacheKey,
  namespaces: ownNamespace,
  statefulNodes: () => ({}),
  logRetention: [["logRetentionDays"]],
  names: cacheNames,
  singletons: connectionPolicy,
  notCopied: () => ({ cache: "it starts empty" }),
  outputs,
  outputsOf: (built: Cache) => ({
    endpoint: built.endpoint,
    port: built.port,
    clustered: built.clustered,
    ...(built.cloud === "aws" && { users: { cacheArn: built.arn, groupId: built.userGroupId } }),
  }),
  column: {
    title: "Valkey",
    value: ({ clustered }: z.output<typeof outputs>) => (clustered ? "sharded" : "one shard"),
  },
});

/** Cells that share an existing network share its connection policy. */
function connectionPolicy(own: Written, cell: SectionCell): Singleton[] {
  if (cell.cloud !== "gcp" || own.connectionPolicy === "present") return [];
  const existing = cell.sections.network?.existing as { readonly network?: unknown } | undefined;
  if (typeof existing?.network !== "string") return [];
  const { project, region } = cell;
  return [
    {
      id: `memorystore-connection-policy/${project}/${existing.network}/${region}`,
      path: "connectionPolicy",
      what: `the connection policy for Memorystore of network ${existing.network} in ${region}`,
      rule: 'must be "present" in all cells but one: a network has one policy per region',
    },
  ];
}

function cacheNames({ users }: Written, cell: SectionCell, component: string): PlannedName[] {
  switch (cell.cloud) {
    case "aws":
      return [
        cellName(cell, "elasticache-group", [component]),
        ...["default", "users"].map((key) => cellName(cell, "elasticache-group", [component, key])),
        ...namesIn(users ?? { app: {} }).map((key) =>
          cellName(cell, "elasticache-group", [component, key], `users.${key}`),
        ),
      ];
    case "gcp":
      return [cellName(cell, "memorystore-instance", [component])];
    case "onprem":
      return [];
  }
}
