/** The stream of a tenant, as a section of tiers and of tenants' manifests. */
import { z } from "zod";
import type { SectionCell } from "../section/cell.ts";
import { defineTenantSection } from "../section/tenant-section.ts";
import { listenerPort } from "../stream/onprem-operated.ts";
import { onpremStreamFields } from "../stream/onprem-schema.ts";
import { iamPort } from "../stream/ports.ts";
import { stream as cellStream } from "../stream/section.ts";
import { partitionReplicas } from "../stream/topics.ts";
import type { Demand } from "../tenancy/capacity.ts";
import type { TenantStream } from "./contract.ts";
import { streamMoves } from "./moves.ts";
import { type GivenStream, onpremWithout, streamCheck, streamPlan } from "./plan.ts";
import {
  type AwsTenantStreamSpec,
  awsTenantStreamSpec,
  type GcpTenantStreamSpec,
  gcpTenantStreamSpec,
  type OnpremTenantStreamSpec,
  onpremTenantStreamSpec,
  streamSettings,
  streamTier,
} from "./schema.ts";

const named = z.record(z.string(), z.string());

const outputs = z.object({
  bootstrapServers: z.string(),
  /** Physical names by the names in the manifest. */
  topics: named,
  /** The consumer group of each client, and the prefix of its other groups and transactional ids. */
  groups: named,
  clusterArn: z.string().optional(),
  clientSecrets: named.optional(),
});

const planned = { plan: streamPlan, check: streamCheck };

/** The brokers have addresses in the cell's block, in subnets that an existing network chooses itself. */
const inBlock = (...ports: number[]) => ({
  reaches: (_: GivenStream, { cidr }: SectionCell) => ({ ports, cidrs: [cidr] }),
});

/** Source: Managed Service for Apache Kafka, "Configure networking": bootstrap servers and brokers listen on this port. */
const managedKafkaPort = 9092;

export const stream = defineTenantSection({
  name: "stream",
  component: "stream",
  page: "components/tenant-stream",
  about: "Its Kafka topics, and the clients that use them.",
  layer: true,
  tier: streamTier,
  settings: streamSettings,
  uses: cellStream,
  moves: streamMoves,
  clouds: {
    aws: {
      ...planned,
      ...inBlock(iamPort),
      spec: awsTenantStreamSpec,
      build: () => import("./aws-builder.ts"),
    },
    gcp: {
      ...planned,
      ...inBlock(managedKafkaPort),
      spec: gcpTenantStreamSpec,
      build: () => import("./gcp-builder.ts"),
    },
    onprem: {
      ...planned,
      reaches: (_: GivenStream, { sections }: SectionCell) => ({
        ports: [listenerPort],
        namespaces: [namespaceOfStream(sections.stream)],
      }),
      without: onpremWithout,
      spec: onpremTenantStreamSpec,
      build: () => import("./onprem-builder.ts"),
    },
  },
  demand: (spec: AwsTenantStreamSpec | GcpTenantStreamSpec | OnpremTenantStreamSpec): Demand =>
    "brokers" in spec
      ? {}
      : { topics: Object.keys(spec.topics).length, partitions: partitionReplicas(spec.topics) },
  outputs,
  outputsOf: (built: TenantStream) => ({
    bootstrapServers: built.bootstrapServers,
    topics: built.topicNames,
    groups: built.groups,
    ...(built.clusterArn && { clusterArn: built.clusterArn }),
    ...(built.clientSecrets && { clientSecrets: built.clientSecrets }),
  }),
  column: {
    title: "Kafka",
    value: ({ topics }: z.output<typeof outputs>) => `${Object.keys(topics).length} topics`,
  },
});

function namespaceOfStream(written: Readonly<Record<string, unknown>> | undefined): string {
  const { namespace } = onpremStreamFields;
  return namespace.parse(written?.namespace);
}
