/**
 * Partitions, with all their copies, that AWS recommends at most on a broker of each size; beyond that it refuses updates of a
 * cluster that is overloaded. Source: Amazon MSK developer guide, "Best practices for Standard brokers", 2026-08.
 */
export const partitionsPerBroker = {
  "kafka.t3.small": 300,
  "kafka.m5.large": 1000,
  "kafka.m5.xlarge": 1000,
  "kafka.m5.2xlarge": 2000,
  "kafka.m5.4xlarge": 4000,
  "kafka.m5.8xlarge": 4000,
  "kafka.m5.12xlarge": 4000,
  "kafka.m5.16xlarge": 4000,
  "kafka.m5.24xlarge": 4000,
  "kafka.m7g.large": 1000,
  "kafka.m7g.xlarge": 1000,
  "kafka.m7g.2xlarge": 2000,
  "kafka.m7g.4xlarge": 4000,
  "kafka.m7g.8xlarge": 4000,
  "kafka.m7g.12xlarge": 4000,
  "kafka.m7g.16xlarge": 4000,
} as const;

export type BrokerType = keyof typeof partitionsPerBroker;

export const brokerTypes = Object.keys(partitionsPerBroker) as BrokerType[];

/** Brokers of this type cannot tier their storage. Source: Amazon MSK developer guide, "Tiered storage requirements". */
export const withoutTiering: readonly BrokerType[] = ["kafka.t3.small"];

/** The shortest retention of a tiered topic. Source: Amazon MSK developer guide, "Tiered storage constraints and limitations". */
export const leastTieredRetention = "3 days";

/** Brokers of one cluster with KRaft at most. Source: Amazon MSK developer guide, "Amazon MSK quota". */
export const mostBrokers = 60;

/**
 * Versions that MSK offers with KRaft and supports today; all of them tier storage and take `aws.msk.Topic`. Source: Amazon MSK
 * developer guide, "Supported Apache Kafka versions", 2026-08.
 */
export const kafkaVersions = [
  "3.8.x.kraft",
  "3.9.x.kraft",
  "4.0.x.kraft",
  "4.1.x.kraft",
  "4.2.x.kraft",
] as const;
