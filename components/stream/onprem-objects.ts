/** The specs of Strimzi's custom resources (`kafka.strimzi.io/v1`, Strimzi 1.2.0), as plain data. */

import { longestNameFor } from "../core/operated.ts";
import { bytes, quantity, type Size } from "../core/units.ts";
import { classLabel } from "../node-pool/labels.ts";
import { priorityClasses } from "../node-pool/priority-classes.ts";
import { clusterLabel, derivedFromPool, listenerPort, poolLabel } from "./onprem-operated.ts";
import { containerResources, kafkaVersions, type OnpremStreamSpec } from "./onprem-schema.ts";
import type { Client, Topic } from "./topic-schema.ts";
import { groupOf, parsed, topicConfig } from "./topics.ts";

export const apiVersion = "kafka.strimzi.io/v1";

/** `spec` of a Kafka. */
export function kafka(spec: OnpremStreamSpec) {
  const copies = Math.min(3, spec.brokers.count);
  return {
    kafka: {
      version: spec.version,
      metadataVersion: kafkaVersions[spec.version],
      listeners: [
        {
          name: "tls",
          port: listenerPort,
          type: "internal",
          tls: true,
          authentication: { type: authenticationType(spec) },
          networkPolicyPeers: [
            { podSelector: {} },
            ...spec.clientNamespaces.map((namespace) => ({
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
            })),
          ],
        },
      ],
      authorization: { type: "simple" },
      rack: { topologyKey: spec.rackLabel },
      config: {
        "auto.create.topics.enable": false,
        "default.replication.factor": copies,
        "min.insync.replicas": copies - 1,
        "offsets.topic.replication.factor": copies,
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": copies - 1,
        "unclean.leader.election.enable": false,
      },
    },
    entityOperator: {
      topicOperator: { resources: entityOperatorResources },
      userOperator: { resources: entityOperatorResources },
      template: { pod: { priorityClassName: priorityClasses.system.name } },
    },
  };
}

/** For each of the two operators. */
const entityOperatorResources = {
  requests: { cpu: "100m", memory: "512Mi" },
  limits: { memory: "512Mi" },
};

export type PoolRole = "broker" | "controller";

/** `spec` of a KafkaNodePool. With `retain`, its disks are kept after deletion. */
export function nodePool(spec: OnpremStreamSpec, role: PoolRole, cluster: string, retain: boolean) {
  const { count, storage, resources } = role === "broker" ? spec.brokers : spec.controllers;
  return {
    replicas: count,
    roles: [role],
    storage: {
      type: "jbod",
      volumes: [
        {
          id: 0,
          type: "persistent-claim",
          size: quantity(storage.size),
          ...(storage.storageClass === undefined ? {} : { class: storage.storageClass }),
          kraftMetadata: "shared",
          deleteClaim: !retain,
        },
      ],
    },
    resources: containerResources(resources),
    jvmOptions: heap(resources.memory),
    template: { pod: placement(cluster, role, spec.rackLabel) },
  };
}

/** Half of the memory, at most 6 GiB: beyond that Kafka benefits more from page cache. */
function heap(memory: Size) {
  const mebibytes = Math.min(6 * 1024, Math.floor(bytes(memory) / 2 ** 21));
  return { "-Xms": `${mebibytes}m`, "-Xmx": `${mebibytes}m` };
}

/** On nodes for stateful workloads, no two pods of a pool on one node, and evenly spread over zones if possible. */
function placement(cluster: string, role: PoolRole, rackLabel: string) {
  const labelSelector = {
    matchLabels: { [clusterLabel]: cluster, [poolLabel]: poolName(cluster, role) },
  };
  return {
    priorityClassName: priorityClasses.stateful.name,
    tolerations: [{ key: classLabel, operator: "Exists" }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: classLabel, operator: "In", values: ["stateful"] }] },
          ],
        },
      },
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector, topologyKey: "kubernetes.io/hostname" },
        ],
      },
    },
    topologySpreadConstraints: [
      { labelSelector, topologyKey: rackLabel, maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway" },
    ],
  };
}

/**
 * The name of a node pool. Strimzi puts the cluster's name in front of it in names of pods, so the pools of a cluster with a long
 * name have only their role as name.
 */
export function poolName(cluster: string, role: PoolRole): string {
  const name = `${cluster}-${role}`;
  const fits = (each: string) => `${cluster}-${each}`.length <= longestNameFor(derivedFromPool);
  // Both pools are named alike.
  return fits(`${cluster}-controller`) ? name : role;
}

/** `spec` of a KafkaTopic. */
export function kafkaTopic(name: string, topic: Topic) {
  return {
    topicName: name,
    partitions: topic.partitions,
    replicas: topic.replicationFactor,
    config: topicConfig(topic),
  };
}

/** `spec` of a KafkaUser: authentication, ACLs and quotas. */
export function kafkaUser(
  key: string,
  client: Client,
  spec: Pick<OnpremStreamSpec, "authentication">,
) {
  const { produce, consume, transactional, quota } = client;
  const group = groupOf(key, client);
  const named = [group, `${group}.*`];
  return {
    authentication: { type: authenticationType(spec) },
    authorization: {
      type: "simple",
      acls: [
        ...produce.map((grant) => acl("topic", grant, "Describe", "Write")),
        ...consume.map((grant) => acl("topic", grant, "Describe", "Read")),
        ...(consume.length > 0
          ? named.map((grant) => acl("group", grant, "Describe", "Read"))
          : []),
        ...(transactional
          ? named.map((grant) => acl("transactionalId", grant, "Describe", "Write"))
          : []),
      ],
    },
    ...(quota === undefined
      ? {}
      : {
          quotas: {
            ...(quota.produce === undefined ? {} : { producerByteRate: bytes(quota.produce) }),
            ...(quota.consume === undefined ? {} : { consumerByteRate: bytes(quota.consume) }),
            ...(quota.requestPercent === undefined
              ? {}
              : { requestPercentage: quota.requestPercent }),
          },
        }),
  };
}

export type Operation = "Create" | "Describe" | "DescribeConfigs" | "Read" | "Write";

/** One ACL rule of a KafkaUser, for a name or a prefix that ends in a star. */
export function acl(
  type: "topic" | "group" | "transactionalId",
  grant: string,
  ...operations: Operation[]
) {
  const { name, prefix } = parsed(grant);
  return {
    type: "allow",
    resource: { type, name, patternType: prefix ? "prefix" : "literal" },
    operations,
    host: "*",
  };
}

export function authenticationType({
  authentication,
}: Pick<OnpremStreamSpec, "authentication">): "tls" | "scram-sha-512" {
  return authentication === "certificate" ? "tls" : "scram-sha-512";
}
