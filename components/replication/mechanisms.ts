/** The replication mechanism of each service and pair of clouds, with its objectives. Pure data for the checks of manifests. */
import type { Cloud } from "../core/cloud.ts";
import type { Duration } from "../core/units.ts";

export const replicatedServices = ["stream", "database", "object-store"] as const;
export type ReplicatedService = (typeof replicatedServices)[number];

export interface Mechanism {
  readonly id: keyof typeof mechanisms;
  readonly title: string;
  /** The minimum recovery point objective. Undefined if the mechanism has none. */
  readonly rpo?: Duration;
  /** The minimum recovery time objective: to promote, to redirect clients, and to verify. */
  readonly rto: Duration;
  /** The source of the numbers. */
  readonly source: string;
  /** The cell whose stack creates it. The other cell's stack must be deployed before. */
  readonly madeBy: "source" | "target";
  /** Whether both ends can be in one region. */
  readonly withinRegion: boolean;
}

/** The reason why a pair is not supported, with an alternative. */
export interface Refusal {
  readonly refused: string;
}

const mechanisms = {
  "msk-replicator": {
    id: "msk-replicator",
    title: "MSK Replicator",
    rpo: "1 minute",
    rto: "15 minutes",
    source:
      'Amazon MSK developer guide, "Monitor replication": AWS states no limit; its metrics have a resolution of one minute',
    madeBy: "source",
    withinRegion: false,
  },
  "aurora-global-database": {
    id: "aurora-global-database",
    title: "Aurora Global Database",
    rpo: "1 minute",
    rto: "10 minutes",
    source:
      'Aurora user guide, "Using Amazon Aurora Global Database": lag is typically below a second, failover "in minutes"; one minute of lag is the minimum that can be monitored',
    madeBy: "source",
    withinRegion: false,
  },
  "cloud-sql-replica": {
    id: "cloud-sql-replica",
    title: "cross-region replica of Cloud SQL",
    rpo: "5 minutes",
    rto: "15 minutes",
    source:
      'Cloud SQL for PostgreSQL, "Use advanced disaster recovery": Google states no limit of the lag; failover takes minutes',
    madeBy: "source",
    withinRegion: false,
  },
  "cnpg-replica-cluster": {
    id: "cnpg-replica-cluster",
    title: "replica cluster of CloudNativePG",
    rpo: "5 minutes",
    rto: "15 minutes",
    source:
      'CloudNativePG, "Replica clusters": the lag of the write-ahead log archive, `archive_timeout` of 5 minutes',
    madeBy: "target",
    withinRegion: true,
  },
  "s3-replication": {
    id: "s3-replication",
    title: "S3 Replication with time control",
    rpo: "15 minutes",
    rto: "5 minutes",
    source:
      "Amazon S3 service level agreement, 2026-08: 99.9 percent of objects within 15 minutes; no promotion is needed",
    madeBy: "source",
    withinRegion: true,
  },
  "gcs-replication": {
    id: "gcs-replication",
    title: "cross-bucket replication of Cloud Storage",
    rto: "5 minutes",
    source:
      'Storage Transfer Service, "Cross-bucket replication": Google states no recovery point; no promotion is needed',
    madeBy: "source",
    withinRegion: true,
  },
} as const satisfies Record<string, Omit<Mechanism, "id"> & { readonly id: string }>;

export const allMechanisms: readonly Mechanism[] = Object.values(mechanisms);

type Choice = Mechanism | Refusal;
type Choices = Readonly<Record<Cloud, Readonly<Record<Cloud, Choice>>>>;

const otherCloud = (what: string, cloud: string): Refusal => ({
  refused: `must be a cell on ${cloud}: ${what}`,
});

const records = "brokers of different clouds have no common authentication";
const pages = "PostgreSQL of one cloud cannot replay the write-ahead log of another";
const objects = "buckets replicate within one cloud only";

const brokersOfOneNetwork: Refusal = {
  refused:
    "must be omitted on GCP: brokers of Managed Kafka are reachable from subnets of their own region only, and each cell has its own network",
};
const listenersInside: Refusal = {
  refused:
    "must be omitted on-premises: the listeners of Strimzi are reachable inside their own cluster only, so no other cell can read from them",
};
const ownConsole: Refusal = {
  refused: "must be omitted on-premises: configure replication in the store itself",
};

const table: Readonly<Record<ReplicatedService, Choices>> = {
  stream: {
    aws: {
      aws: mechanisms["msk-replicator"],
      gcp: otherCloud(records, "aws"),
      onprem: otherCloud(records, "aws"),
    },
    gcp: { aws: brokersOfOneNetwork, gcp: brokersOfOneNetwork, onprem: brokersOfOneNetwork },
    onprem: { aws: listenersInside, gcp: listenersInside, onprem: listenersInside },
  },
  database: {
    aws: {
      aws: mechanisms["aurora-global-database"],
      gcp: otherCloud(pages, "aws"),
      onprem: otherCloud(pages, "aws"),
    },
    gcp: {
      aws: otherCloud(pages, "gcp"),
      gcp: mechanisms["cloud-sql-replica"],
      onprem: otherCloud(pages, "gcp"),
    },
    onprem: {
      aws: otherCloud(pages, "onprem"),
      gcp: otherCloud(pages, "onprem"),
      onprem: mechanisms["cnpg-replica-cluster"],
    },
  },
  "object-store": {
    aws: {
      aws: mechanisms["s3-replication"],
      gcp: otherCloud(objects, "aws"),
      onprem: otherCloud(objects, "aws"),
    },
    gcp: {
      aws: otherCloud(objects, "gcp"),
      gcp: mechanisms["gcs-replication"],
      onprem: otherCloud(objects, "gcp"),
    },
    onprem: { aws: ownConsole, gcp: ownConsole, onprem: ownConsole },
  },
};

/** The mechanism of a pair of clouds, or the reason why it is not supported. */
export function mechanismOf(service: ReplicatedService, from: Cloud, to: Cloud): Choice {
  return table[service][from][to];
}

export function isRefused(choice: Choice): choice is Refusal {
  return "refused" in choice;
}
