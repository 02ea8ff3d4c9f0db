/** By what a service is copied from one cloud to another, and what that can promise. Pure data: manifests are checked against it. */
import type { Cloud } from "../core/cloud.ts";
import type { Duration } from "../core/units.ts";

export const replicatedServices = ["stream", "database", "object-store"] as const;
export type ReplicatedService = (typeof replicatedServices)[number];

export interface Mechanism {
  readonly id: keyof typeof mechanisms;
  readonly title: string;
  /** The least loss that may be asked for; undefined where nothing is promised. */
  readonly rpo?: Duration;
  /** The shortest way back that may be asked for: to promote, to point clients elsewhere, and to see that it worked. */
  readonly rto: Duration;
  /** Where the numbers come from. */
  readonly source: string;
  /** Whose stack makes it: the other cell's has to be up before. */
  readonly madeBy: "source" | "target";
  /** Whether both ends may stand in one region. */
  readonly withinRegion: boolean;
}

/** Why a pair has no mechanism, and what would be right. */
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
      'Amazon MSK developer guide, "Monitor replication": AWS states no bound; its metrics tell a lag by the minute, and no less can be watched',
    madeBy: "source",
    withinRegion: false,
  },
  "aurora-global-database": {
    id: "aurora-global-database",
    title: "Aurora Global Database",
    rpo: "1 minute",
    rto: "10 minutes",
    source:
      'Aurora user guide, "Using Amazon Aurora Global Database": lag is typically below a second, failover "in minutes"; a minute of lag is the least that is watched',
    madeBy: "source",
    withinRegion: false,
  },
  "cloud-sql-replica": {
    id: "cloud-sql-replica",
    title: "cross-region replica of Cloud SQL",
    rpo: "5 minutes",
    rto: "15 minutes",
    source:
      'Cloud SQL for PostgreSQL, "Use advanced disaster recovery": Google states no bound of the lag; failover takes minutes',
    madeBy: "source",
    withinRegion: false,
  },
  "cnpg-replica-cluster": {
    id: "cnpg-replica-cluster",
    title: "replica cluster of CloudNativePG",
    rpo: "5 minutes",
    rto: "15 minutes",
    source:
      'CloudNativePG, "Replica clusters": what the archive of write-ahead logs lags behind, `archive_timeout` of 5 minutes',
    madeBy: "target",
    withinRegion: true,
  },
  "s3-replication": {
    id: "s3-replication",
    title: "S3 Replication with time control",
    rpo: "15 minutes",
    rto: "5 minutes",
    source:
      "Amazon S3 service level agreement, 2026-08: 99.9 percent of objects within 15 minutes; nothing has to be promoted",
    madeBy: "source",
    withinRegion: true,
  },
  "gcs-replication": {
    id: "gcs-replication",
    title: "cross-bucket replication of Cloud Storage",
    rto: "5 minutes",
    source:
      'Storage Transfer Service, "Cross-bucket replication": Google states no recovery point; nothing has to be promoted',
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

const records =
  "brokers of two clouds share no way to sign in, and records would need a bridge of your own";
const pages = "the write-ahead log of one cloud's PostgreSQL cannot be replayed by another's";
const objects = "buckets are copied within one cloud";

const brokersOfOneNetwork: Refusal = {
  refused:
    "must be left out on GCP: brokers of Managed Kafka are reached from the subnets of their own region alone, and each cell has a network of its own",
};
const listenersInside: Refusal = {
  refused:
    "must be left out on-premises: the listeners of Strimzi are open inside their own cluster alone, so no other cell can read from them",
};
const ownConsole: Refusal = {
  refused: "must be left out on-premises: a store of one's own is copied where it is run",
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

/** The mechanism of a pair of clouds, or why there is none. */
export function mechanismOf(service: ReplicatedService, from: Cloud, to: Cloud): Choice {
  return table[service][from][to];
}

export function isRefused(choice: Choice): choice is Refusal {
  return "refused" in choice;
}
