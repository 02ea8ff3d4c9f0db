import { z } from "zod";
import { ownNamespace } from "../core/namespaces.ts";
import { bytes, quantity, sizeText } from "../core/units.ts";
import { partitionsPerBroker } from "./broker-guidance.ts";
import { report } from "./schema-problems.ts";
import { topicsAndClients } from "./topic-schema.ts";
import {
  type BrokerCapacity,
  clientProblems,
  type StreamProblem,
  topicProblems,
} from "./topics.ts";

/** Kafka versions that Strimzi 1.2.0 supports, with their metadata versions. Source: its kafka-versions.yaml. */
export const kafkaVersions = {
  "4.2.0": "4.2-IV1",
  "4.2.1": "4.2-IV1",
  "4.3.0": "4.3-IV0",
  "4.3.1": "4.3-IV0",
} as const;

type KafkaVersion = keyof typeof kafkaVersions;

const dnsLabel = z.string().regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "must be 1 to 63 lower case letters, digits and hyphens, starting with a letter",
});

const storage = (size: `${number} GiB`) =>
  z
    .strictObject({
      /** The disk size of each pod. It can grow if the storage class allows it, and cannot shrink. */
      size: sizeText({ min: "1 GiB" }).default(size),
      /** @default the cluster's default class */
      storageClass: dnsLabel.optional(),
    })
    .prefault({});

const resources = (cpu: string, memory: `${number} GiB`) =>
  z
    .strictObject({
      /** CPU in Kubernetes notation: `2` or `500m`. */
      cpu: z
        .string()
        .regex(/^([1-9]\d*m?|0\.\d+)$/, { error: 'must be a CPU quantity such as "2" or "500m"' })
        .default(cpu),
      /** Half of it is for the heap, the rest for page cache. */
      memory: sizeText({ min: "1 GiB" }).default(memory),
    })
    .prefault({});

export const onpremStreamFields = {
  ...topicsAndClients,
  /** The namespace of brokers, topics and clients, which is created. @default "kafka" */
  namespace: ownNamespace().default("kafka"),
  /** @default "4.3.1" */
  version: z.enum(Object.keys(kafkaVersions) as KafkaVersion[]).default("4.3.1"),
  /**
   * Whether to install the operator in the same namespace, or an existing operator watches it.
   * @default "install"
   */
  operator: z.enum(["install", "present"]).default("install"),
  brokers: z
    .strictObject({
      /** @default 3 */
      count: z.int().min(3).max(60).default(3),
      /** @default 100 GiB of the default class */
      storage: storage("100 GiB"),
      /** @default 2 CPUs, 8 GiB */
      resources: resources("2", "8 GiB"),
    })
    .prefault({}),
  controllers: z
    .strictObject({
      /** An odd number, for a majority. @default 3 */
      count: z.literal([3, 5]).default(3),
      /** @default 20 GiB of the default class */
      storage: storage("20 GiB"),
      /** @default 500m CPU, 2 GiB */
      resources: resources("500m", "2 GiB"),
    })
    .prefault({}),
  /** Node label for rack awareness. @default "topology.kubernetes.io/zone" */
  rackLabel: z
    .string()
    .regex(/^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/, {
      error: "must be the key of a label of nodes",
    })
    .default("topology.kubernetes.io/zone"),
  /** How clients authenticate: with a certificate or a password. @default "certificate" */
  authentication: z.enum(["certificate", "password"]).default("certificate"),
  /**
   * Namespaces whose pods can reach the brokers.
   * @default [], only its own
   */
  clientNamespaces: z.array(dnsLabel).default([]),
};

type OnpremStreamFields = z.output<z.ZodObject<typeof onpremStreamFields>>;

/** The capacity of brokers with these settings. */
export function onpremCapacity({ brokers }: OnpremStreamFields): BrokerCapacity {
  return {
    brokers: brokers.count,
    partitionsPerBroker,
    limitOf: "Kafka's guidance",
    storagePerBroker: bytes(brokers.storage.size),
  };
}

function onpremProblems(settings: OnpremStreamFields): StreamProblem[] {
  const { topics, clients } = settings;
  const tiered = Object.entries(topics).flatMap(([name, { localRetention }]) =>
    localRetention === undefined
      ? []
      : [
          {
            path: ["topics", name, "localRetention"],
            message:
              "must be omitted on-premises: tiered storage needs a plugin, which Strimzi does not include",
            got: localRetention,
          },
        ],
  );
  const principals = Object.entries(clients).flatMap(([key, { principal }]) =>
    principal === undefined
      ? []
      : [
          {
            path: ["clients", key, "principal"],
            message:
              "must be omitted on-premises: a client is a KafkaUser with the name of its key",
            got: principal,
          },
        ],
  );
  return [
    ...topicProblems(topics, onpremCapacity(settings)),
    ...clientProblems(topics, clients),
    ...tiered,
    ...principals,
  ];
}

/** `stream` in the manifest of an on-premises cell. */
export const onpremStreamSettings = z
  .strictObject(onpremStreamFields)
  .superRefine((settings, context) => report(onpremProblems(settings), context));

/** The settings with the facts of the cell: the component's `spec`. */
export const onpremStreamSpec = onpremStreamSettings.safeExtend({
  cloud: z.literal("onprem"),
});

export type OnpremStreamSpec = z.output<typeof onpremStreamSpec>;

/** Requests and limits of a container. The memory limit equals the request, so that its page cache is guaranteed. */
export function containerResources(given: OnpremStreamSpec["brokers"]["resources"]) {
  const memory = quantity(given.memory);
  return { requests: { cpu: given.cpu, memory }, limits: { memory } };
}
