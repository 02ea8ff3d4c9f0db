/** The cache of a cell, as a section of its manifest. */
import { z } from "zod";
import { type AwsCell, awsPlace, type GcpCell, gcpPlace } from "../section/cell.ts";
import { defineSection } from "../section/section.ts";
import type { CacheContract } from "./contract.ts";
import { cacheGrant } from "./grant.ts";
import { cacheKey } from "./key.ts";
import {
  awsCacheSettings,
  awsCacheSpec,
  gcpCacheSettings,
  gcpCacheSpec,
  onpremCacheSettings,
  onpremCacheSpec,
} from "./schema.ts";

const outputs = z.object({ endpoint: z.string(), port: z.number(), clustered: z.boolean() });

export const cache = defineSection({
  name: "cache",
  plural: "caches",
  component: "cache",
  clouds: {
    aws: {
      settings: awsCacheSettings,
      spec: awsCacheSpec,
      facts: (cell: AwsCell) => awsPlace(cell),
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: gcpCacheSettings,
      spec: gcpCacheSpec,
      facts: (cell: GcpCell) => gcpPlace(cell),
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: onpremCacheSettings,
      spec: onpremCacheSpec,
      build: () => import("./onprem-section.ts"),
    },
  },
  further: {
    aws: () => ({}),
    // A network has one connection policy in each region, the main cache's.
    gcp: () => ({ connectionPolicy: "present" }),
    onprem: (key) => ({ namespace: `cache-${key}` }),
  },
  grant: cacheGrant,
  granted: () => ["main"],
  key: cacheKey,
  namespaces: (spec: object) => ("namespace" in spec ? { namespace: String(spec.namespace) } : {}),
  statefulNodes: () => ({}),
  logRetention: [["logRetentionDays"]],
  notCopied: () => ({ cache: "it starts empty" }),
  outputs,
  outputsOf: ({ endpoint, port, clustered }: CacheContract) => ({ endpoint, port, clustered }),
  column: {
    title: "Valkey",
    value: ({ clustered }: z.output<typeof outputs>) => (clustered ? "sharded" : "one shard"),
  },
});
