/** What changes of a stream's settings do to a deployed stream. */
import {
  type Changes,
  entriesOf,
  inPlace,
  losesBelow,
  never,
  replaces,
  upwards,
} from "../section/changes.ts";

const everything = "the cluster with all topics and their records";

const topics: Changes = {
  ...entriesOf("the topic with its records", "topics"),
  ...inPlace(
    "topics.*.minInsyncReplicas",
    "topics.*.cleanup",
    "topics.*.dailyVolume",
    "topics.*.localRetention",
    "topics.*.maxMessageSize",
    "topics.*.maxCompactionLag",
    "topics.*.tombstoneRetention",
  ),
  ...losesBelow(
    "records that are older or beyond the size",
    "topics.*.retention",
    "topics.*.retentionSize",
  ),
  ...upwards(
    {
      source: "Apache Kafka: partitions can be added but not removed",
      instead: "add a topic with fewer partitions, and move producers and consumers to it",
    },
    "topics.*.partitions",
  ),
  ...inPlace("clients", "replicateTo"),
};

const copied = replaces("the topic with its records", "topics.*.replicationFactor");

export const streamChanges = {
  aws: {
    ...topics,
    ...copied,
    ...upwards(
      {
        source: "Amazon MSK developer guide, upgrading the Apache Kafka version",
        instead: "keep the version: MSK has no downgrade",
      },
      "version",
    ),
    ...upwards(
      {
        source: "Amazon MSK developer guide, removing brokers: only brokers without partitions",
        instead: "move the partitions of the brokers first, and deploy the change with Pulumi",
      },
      "brokersPerZone",
    ),
    ...upwards(
      {
        source: "Amazon MSK developer guide, scaling up broker storage",
        instead: "add another stream with less storage in `streams`",
      },
      "storage.size",
    ),
    ...upwards(
      {
        source:
          "Amazon MSK developer guide, tiered storage; the provider would replace the cluster",
        instead: "omit localRetention of the topics; an unused tier costs nothing",
      },
      "storage.tiered",
    ),
    ...inPlace("brokerType", "storage.growTo", "storage.growAt", "monitoring", "openMonitoring"),
    ...losesBelow("older log entries", "logRetentionDays"),
  },
  gcp: {
    ...topics,
    ...copied,
    ...inPlace("vcpus", "memory", "brokerDisk", "rebalance", "administrators"),
  },
  onprem: {
    ...topics,
    ...never(
      {
        source: "Strimzi, topic operator: not supported without Cruise Control",
        instead: "add a topic with the other factor, and move producers and consumers to it",
      },
      "topics.*.replicationFactor",
    ),
    ...replaces(everything, "namespace"),
    ...upwards(
      {
        source: "Strimzi: the metadata version of a cluster has no downgrade",
        instead: "keep the version",
      },
      "version",
    ),
    ...upwards(
      {
        source: "Strimzi: brokers that host partitions are not removed",
        instead:
          "move their partitions with a KafkaRebalance first, and deploy the change with Pulumi",
      },
      "brokers.count",
    ),
    ...never(
      {
        source: "Strimzi: controllers form a static quorum",
        instead: "keep the number, or add another cell",
      },
      "controllers.count",
    ),
    ...upwards(
      { source: "Strimzi, StorageDiff: volumes never shrink", instead: "keep the size" },
      "brokers.storage.size",
      "controllers.storage.size",
    ),
    ...never(
      {
        source: "Strimzi, StorageDiff: the class of existing volumes is kept",
        instead: "keep the class",
      },
      "brokers.storage.storageClass",
      "controllers.storage.storageClass",
    ),
    ...inPlace(
      "operator",
      "brokers.resources",
      "controllers.resources",
      "rackLabel",
      "authentication",
      "clientNamespaces",
    ),
  },
} as const satisfies Readonly<Record<string, Changes>>;
