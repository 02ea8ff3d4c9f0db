/** The Strimzi custom resources of Kafka Connect and its connector (`kafka.strimzi.io/v1`), as plain data. */
import { priorityClasses } from "../node-pool/priority-classes.ts";
import { acl } from "../stream/onprem-objects.ts";
import { clusterLabel, kindLabel } from "../stream/onprem-operated.ts";
import type { Aggregates } from "./aggregate-schema.ts";
import type { OnpremOutbox } from "./onprem-schema.ts";
import { connectorClass, outboxConfig, tasks } from "./outbox.ts";
import { outboxTopics } from "./plan.ts";

const secretMount = "/mnt/outbox-database";

/** The KafkaUser of the workers. */
export interface ConnectIdentity {
  readonly user: string;
  readonly authentication: "certificate" | "password";
}

/** The Kafka cluster that Connect uses. */
export interface ConnectCluster {
  readonly name: string;
  readonly version: string;
  readonly bootstrapServers: string;
  readonly authoritySecret: string;
}

/** `spec` of a KafkaConnect. It stores its state in three compacted topics that it creates itself. */
export function kafkaConnect(
  outbox: OnpremOutbox,
  cluster: ConnectCluster,
  { user, authentication }: ConnectIdentity,
) {
  return {
    version: cluster.version,
    replicas: outbox.replicas,
    image: outbox.image,
    bootstrapServers: cluster.bootstrapServers,
    groupId: user,
    configStorageTopic: `${user}.configs`,
    offsetStorageTopic: `${user}.offsets`,
    statusStorageTopic: `${user}.status`,
    tls: { trustedCertificates: [{ secretName: cluster.authoritySecret, pattern: "*.crt" }] },
    authentication:
      authentication === "certificate"
        ? {
            type: "tls",
            certificateAndKey: { secretName: user, certificate: "user.crt", key: "user.key" },
          }
        : {
            type: "scram-sha-512",
            username: user,
            passwordSecret: { secretName: user, password: "password" },
          },
    config: {
      "config.storage.replication.factor": -1,
      "offset.storage.replication.factor": -1,
      "status.storage.replication.factor": -1,
      "config.providers": "directory",
      "config.providers.directory.class":
        "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
      "config.providers.directory.param.allowed.paths": secretMount,
    },
    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "2Gi" } },
    template: {
      pod: {
        volumes: [{ name: "outbox-database", secret: { secretName: outbox.passwordSecret } }],
        priorityClassName: priorityClasses.stateless.name,
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: workerLabels(user) },
          },
        ],
      },
      connectContainer: {
        volumeMounts: [{ name: "outbox-database", mountPath: secretMount, readOnly: true }],
      },
    },
  };
}

/** The labels of all workers of a KafkaConnect. */
export function workerLabels(name: string) {
  return { [kindLabel]: "KafkaConnect", [clusterLabel]: name };
}

/** `spec` of the workers' KafkaUser: it writes events, and uses its own topics and group. */
export function connectUser(aggregates: Aggregates, { user, authentication }: ConnectIdentity) {
  return {
    authentication: { type: authentication === "certificate" ? "tls" : "scram-sha-512" },
    authorization: {
      type: "simple",
      acls: [
        ...outboxTopics(aggregates).map((topic) => acl("topic", topic, "Describe", "Write")),
        acl("topic", `${user}.*`, "Create", "Describe", "DescribeConfigs", "Read", "Write"),
        acl("group", user, "Describe", "Read"),
      ],
    },
  };
}

/** `spec` of the KafkaConnector: Debezium for the outbox, with the password from the mounted secret. */
export function kafkaConnector(outbox: OnpremOutbox, aggregates: Aggregates, host: string) {
  return {
    class: connectorClass,
    tasksMax: tasks,
    autoRestart: { enabled: true },
    ...(outbox.paused ? { state: "stopped" as const } : {}),
    config: {
      ...outboxConfig(outbox, aggregates),
      "database.hostname": host,
      "database.port": "5432",
      "database.user": outbox.user,
      "database.password": `\${directory:${secretMount}:password}`,
      "database.sslmode": "require",
      // A slot that standbys synchronize, since PostgreSQL 17; the connector ignores it before. Applies to new slots.
      "slot.failover": "true",
    },
  };
}
