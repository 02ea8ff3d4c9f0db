/** What Strimzi makes of a Kafka cluster and of Kafka Connect. Pure. */
import { type DerivedName, type Labels, longestLabel, type Operated } from "../core/operated.ts";

/** The kind of custom resource that a pod belongs to; `cluster-operator` for the operator. */
export const kindLabel = "strimzi.io/kind";
export const clusterLabel = "strimzi.io/cluster";
export const poolLabel = "strimzi.io/pool-name";

/** The label `strimzi.io/kind` of the operator's own pods. */
export const clusterOperator = "cluster-operator";

/** The only listener of clients: inside the cluster, with TLS and client authentication. */
export const listenerPort = 9093;
/** Between brokers and controllers, and for Strimzi's own tools. */
export const controlPlanePort = 9090;
export const replicationPort = 9091;
/** Of the agent in each broker. */
export const agentPort = 8443;
/** REST API of Kafka Connect. */
export const connectPort = 8083;

const postgresPort = 5432;

export interface StreamNames {
  /** Name of the Kafka. */
  readonly cluster: string;
  /** Names of the KafkaNodePools. */
  readonly pools: readonly string[];
  /** Name of the KafkaConnect. @default none */
  readonly connect?: string;
}

export function operatedStream({ cluster, pools, connect }: StreamNames): Operated {
  const of = (kind: string, name: string, component: string, more: Labels = {}): Labels => ({
    [kindLabel]: kind,
    [clusterLabel]: name,
    "strimzi.io/name": `${name}-${component}`,
    "strimzi.io/component-type": component,
    "app.kubernetes.io/name": component,
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/managed-by": "strimzi-cluster-operator",
    ...more,
  });
  const nodes = pools.map((pool) => `node of ${pool}`);
  const reads = [...nodes, "entity operator", "cluster operator", ...(connect ? ["connect"] : [])];
  return {
    source: "Strimzi 1.2.0: Labels.java, KafkaCluster.java, KafkaConnectCluster.java",
    pods: {
      "cluster operator": {
        name: "strimzi-cluster-operator",
        [kindLabel]: clusterOperator,
      },
      ...Object.fromEntries(
        pools.map((pool) => [
          `node of ${pool}`,
          of("Kafka", cluster, "kafka", {
            [poolLabel]: pool,
            "strimzi.io/pod-name": `${cluster}-${pool}-0`,
            "strimzi.io/controller-name": `${cluster}-${pool}`,
          }),
        ]),
      ),
      "entity operator": of("Kafka", cluster, "entity-operator"),
      ...(connect === undefined ? {} : { connect: of("KafkaConnect", connect, "kafka-connect") }),
    },
    connections: [
      ...reads.map((from) => ({
        from,
        to: "api-server",
        port: 443,
        why: "zones of nodes, custom resources, and secrets through KubernetesSecretConfigProvider",
      })),
      ...nodes.flatMap((from) =>
        nodes.flatMap((to) => [
          { from, to, port: controlPlanePort, why: "KRaft" },
          { from, to, port: replicationPort, why: "replication" },
        ]),
      ),
      ...nodes.flatMap((to) => [
        { from: "cluster operator", to, port: controlPlanePort, why: "rolls controllers" },
        { from: "cluster operator", to, port: replicationPort, why: "rolls brokers" },
        { from: "cluster operator", to, port: agentPort, why: "asks the agent for the state" },
        { from: "entity operator", to, port: replicationPort, why: "manages topics and users" },
        { from: "client", to, port: listenerPort, why: "produces and consumes" },
      ]),
      ...(connect === undefined
        ? []
        : [
            ...nodes.map((to) => ({
              from: "connect",
              to,
              port: listenerPort,
              why: "writes events and its own state",
            })),
            { from: "connect", to: "connect", port: connectPort, why: "workers forward requests" },
            {
              from: "cluster operator",
              to: "connect",
              port: connectPort,
              why: "creates connectors",
            },
            { from: "connect", to: "database", port: postgresPort, why: "reads the outbox" },
          ]),
    ],
  };
}

/** The largest id: at most 60 brokers and 5 controllers, and Strimzi uses the lowest free ids. */
const idSuffix = "-99";

/**
 * Names from a node pool's name `<cluster>-<pool>`. Source: Strimzi 1.2.0, KafkaResources.java and Labels.java.
 */
export const derivedFromPool: readonly DerivedName[] = [
  { what: "a pod, its host name and its label", suffix: idSuffix, max: longestLabel },
  { what: "the label of the pod set", suffix: "", max: longestLabel },
];

/** Names from the name of the Kafka. */
export const derivedFromKafka: readonly DerivedName[] = [
  { what: "the service of the brokers", suffix: "-kafka-bootstrap", max: longestLabel },
  { what: "the headless service", suffix: "-kafka-brokers", max: longestLabel },
  { what: "the label of the entity operator", suffix: "-entity-operator", max: longestLabel },
];

/** Names from the name of a KafkaConnect. */
export const derivedFromConnect: readonly DerivedName[] = [
  { what: "a worker, its host name and its label", suffix: "-connect-99", max: longestLabel },
  { what: "the service of its REST API", suffix: "-connect-api", max: longestLabel },
];
