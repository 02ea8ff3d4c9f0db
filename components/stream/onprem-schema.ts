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

/** Versions of Kafka that Strimzi 1.2.0 runs, with the metadata version of each. Source: its kafka-versions.yaml. */
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
      /** The disk of each. It can grow where its storage class allows it, and never shrink. */
      size: sizeText({ min: "1 GiB" }).default(size),
      /** @default the cluster's default class */
      storageClass: dnsLabel.optional(),
    })
    .prefault({});

const resources = (cpu: string, memory: `${number} GiB`) =>
  z
    .strictObject({
      /** As Kubernetes writes it: `2` or `500m`. */
      cpu: z
        .string()
        .regex(/^([1-9]\d*m?|0\.\d+)$/, { error: 'must be processors such as "2" or "500m"' })
        .default(cpu),
      /** Half of it is the heap; the rest is the page cache. */
      memory: sizeText({ min: "1 GiB" }).default(memory),
    })
    .prefault({});

export const onpremStreamFields = {
  ...topicsAndClients,
  /** Where brokers, topics and clients live. It is made here. @default "kafka" */
  namespace: ownNamespace().default("kafka"),
  /** @default "4.3.1" */
  version: z.enum(Object.keys(kafkaVersions) as KafkaVersion[]).default("4.3.1"),
  /**
   * Whether the operator is installed here, in the same namespace, or is there already and watches it.
   * @default "install"
   */
  operator: z.enum(["install", "present"]).default("install"),
  brokers: z
    .strictObject({
      /** @default 3 */
      count: z.int().min(3).max(60).default(3),
      /** @default 100 GiB of the default class */
      storage: storage("100 GiB"),
      /** @default 2 processors, 8 GiB */
      resources: resources("2", "8 GiB"),
    })
    .prefault({}),
  controllers: z
    .strictObject({
      /** An odd number, so that there is a majority. @default 3 */
      count: z.literal([3, 5]).default(3),
      /** @default 20 GiB of the default class */
      storage: storage("20 GiB"),
      /** @default half a processor, 2 GiB */
      resources: resources("500m", "2 GiB"),
    })
    .prefault({}),
  /** Label of the nodes by which copies are spread. @default "topology.kubernetes.io/zone" */
  rackLabel: z
    .string()
    .regex(/^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/, {
      error: "must be the key of a label of nodes",
    })
    .default("topology.kubernetes.io/zone"),
  /** How clients prove who they are: with a certificate, or with a password. @default "certificate" */
  authentication: z.enum(["certificate", "password"]).default("certificate"),
  /**
   * Namespaces whose pods may reach the brokers.
   * @default [], none but its own
   */
  clientNamespaces: z.array(dnsLabel).default([]),
};

type OnpremStreamFields = z.output<z.ZodObject<typeof onpremStreamFields>>;

/** What the brokers of these settings can hold. */
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
              "must be left out on-premises: Kafka tiers storage only with a plugin, and none comes with Strimzi",
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
            message: "must be left out on-premises: a client is a KafkaUser of its key's name",
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

/** The same with what the cell knows: what the component takes as `spec`. */
export const onpremStreamSpec = onpremStreamSettings.safeExtend({
  cloud: z.literal("onprem"),
});

export type OnpremStreamSpec = z.output<typeof onpremStreamSpec>;

/** What a container is given: as much memory as it asks for, so that its page cache is its own. */
export function containerResources(given: OnpremStreamSpec["brokers"]["resources"]) {
  const memory = quantity(given.memory);
  return { requests: { cpu: given.cpu, memory }, limits: { memory } };
}
