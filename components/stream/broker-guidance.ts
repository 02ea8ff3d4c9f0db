/**
 * Partitions, with all their copies, on one broker at most, where the brokers' maker names no number. Source: "Apache Kafka
 * Supports 200K Partitions Per Cluster" by the Kafka project's committers: up to 4000 on each broker.
 */
export const partitionsPerBroker = 4000;
