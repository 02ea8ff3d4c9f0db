/**
 * The maximum of partition replicas on one broker, if the vendor states no number. Source: "Apache Kafka
 * Supports 200K Partitions Per Cluster" by the Kafka project's committers: up to 4000 on each broker.
 */
export const partitionsPerBroker = 4000;
