/**
 * The recommended maximum of partition replicas on a broker of each size. AWS refuses updates of an overloaded cluster. kafka.t3.small
 * is not included because it does not support KRaft. Source: Amazon MSK developer guide, "Best practices for Standard brokers", 2026-08.
 */
export const partitionsPerBroker = {
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

/** The shortest retention of a tiered topic. Source: Amazon MSK developer guide, "Tiered storage constraints and limitations". */
export const leastTieredRetention = "3 days";

/** The maximum number of brokers in a cluster with KRaft. Source: Amazon MSK developer guide, "Amazon MSK quota". */
export const mostBrokers = 60;

/**
 * Versions with KRaft that MSK supports on Standard brokers. All support tiered storage and `aws.msk.Topic`. 4.2 is for Express
 * brokers only. Source: Amazon MSK developer guide, "Supported Apache Kafka versions", 2026-08.
 */
export const kafkaVersions = ["3.8.x.kraft", "3.9.x.kraft", "4.0.x.kraft", "4.1.x.kraft"] as const;
