import { z } from "zod";
import { accountText } from "../core/cloud.ts";
import { logRetentions } from "../core/retention.ts";
import { bytes, seconds, sizeText } from "../core/units.ts";
import {
  type BrokerType,
  brokerTypes,
  kafkaVersions,
  leastTieredRetention,
  mostBrokers,
  partitionsPerBroker,
} from "./aws-brokers.ts";
import { report } from "./schema-problems.ts";
import { type Clients, topicsAndClients } from "./topic-schema.ts";
import {
  type BrokerCapacity,
  clientProblems,
  type StreamProblem,
  topicProblems,
} from "./topics.ts";

/** `stream` in the manifest of an AWS cell. */
export const awsStreamFields = {
  ...topicsAndClients,
  /** @default "4.1.x.kraft" */
  version: z.enum(kafkaVersions).default("4.1.x.kraft"),
  /** @default "kafka.m7g.large" */
  brokerType: z.enum(brokerTypes).default("kafka.m7g.large"),
  /** Brokers in each zone of the cell. @default 1 */
  brokersPerZone: z.int().min(1).max(20).default(1),
  storage: z
    .strictObject({
      /** The disk of each broker. It can grow and never shrink. @default "100 GiB" */
      size: sizeText({ min: "1 GiB", max: "16384 GiB" }).default("100 GiB"),
      /** Disks grow by themselves up to this. @default they do not */
      growTo: sizeText({ max: "16384 GiB" }).optional(),
      /** The use in per cent at which they grow; MSK does so at most every six hours. @default 60 */
      growAt: z.int().min(10).max(80).default(60),
      /** Whether topics may keep old records in MSK's own tier, paid by the byte. It cannot be switched off again. @default true */
      tiered: z.boolean().default(true),
    })
    .prefault({}),
  /** How fine the metrics are; all but the first are paid for. @default "PER_TOPIC_PER_BROKER" */
  monitoring: z
    .enum(["DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"])
    .default("PER_TOPIC_PER_BROKER"),
  /** Whether a Prometheus in the cluster may read the brokers' exporters. @default false */
  openMonitoring: z.boolean().default(false),
  /** Days that the brokers' logs are kept in CloudWatch; one of its periods. @default 365, what PCI DSS 10.5.1 asks */
  logRetentionDays: z.literal([...logRetentions]).default(365),
};

type AwsStreamFields = z.output<z.ZodObject<typeof awsStreamFields>>;

/** Brokers of a cell with so many zones. */
export function awsBrokers(
  settings: Pick<AwsStreamFields, "brokersPerZone">,
  zones: number,
): number {
  return settings.brokersPerZone * zones;
}

/** What the brokers of these settings can hold. */
export function awsCapacity(settings: AwsStreamFields, zones: number): BrokerCapacity {
  const type: BrokerType = settings.brokerType;
  const { size, growTo } = settings.storage;
  return {
    brokers: awsBrokers(settings, zones),
    partitionsPerBroker: partitionsPerBroker[type],
    limitOf: type,
    storagePerBroker: bytes(growTo ?? size),
  };
}

/** All that is wrong with settings whose fields are right one by one. */
function awsProblems(settings: AwsStreamFields, zones: number): StreamProblem[] {
  const brokers = awsBrokers(settings, zones);
  return [
    ...topicProblems(settings.topics, awsCapacity(settings, zones)),
    ...clientProblems(settings.topics, settings.clients),
    ...storageProblems(settings),
    ...unsupportedOnAws(settings.clients),
    ...(brokers > mostBrokers
      ? [
          {
            path: ["brokersPerZone"],
            message: `must make at most ${mostBrokers} brokers in all ${zones} zones`,
            got: settings.brokersPerZone,
          },
        ]
      : []),
  ];
}

function storageProblems({ storage, topics }: AwsStreamFields): StreamProblem[] {
  const { size, growTo, tiered } = storage;
  const problems: StreamProblem[] = [];
  if (growTo !== undefined && bytes(growTo) <= bytes(size)) {
    problems.push({
      path: ["storage", "growTo"],
      message: `must be more than size, "${size}"`,
      got: growTo,
    });
  }
  for (const [name, { localRetention, retention }] of Object.entries(topics)) {
    if (localRetention === undefined) continue;
    if (!tiered) {
      problems.push({
        path: ["topics", name, "localRetention"],
        message: "must be left out while storage.tiered is false",
        got: localRetention,
      });
    }
    if (retention !== "forever" && seconds(retention) < seconds(leastTieredRetention)) {
      problems.push({
        path: ["topics", name, "retention"],
        message: `must be at least "${leastTieredRetention}" where localRetention is given: MSK's own tier keeps nothing for less`,
        got: retention,
      });
    }
  }
  return problems;
}

/** Kafka's quotas are set over its own protocol; MSK's API and so its provider have none. */
function unsupportedOnAws(clients: Clients): StreamProblem[] {
  return Object.entries(clients).flatMap(([key, { quota, principal }]) => [
    ...(quota === undefined
      ? []
      : [
          {
            path: ["clients", key, "quota"],
            message:
              "must be left out on AWS: MSK has no API for the quotas of a client; set them with kafka-configs.sh, or size the brokers",
            got: quota,
          },
        ]),
    ...(principal === undefined
      ? []
      : [
          {
            path: ["clients", key, "principal"],
            message:
              "must be left out on AWS: whoever has the client's IAM statements is the client",
            got: principal,
          },
        ]),
  ]);
}

/** `stream` of an AWS cell. Without its zones: what depends on them is checked when the cell is known. */
export const awsStreamSettings = z.strictObject(awsStreamFields);

/** The same with what the cell knows: what the component takes as `spec`. */
export const awsStreamSpec = z
  .strictObject({
    cloud: z.literal("aws"),
    account: accountText,
    region: z.string().min(1),
    /** Zones of the cell, in the order of its subnets. MSK stands in two or three. */
    zones: z.array(z.string()).min(2).max(3),
    ...awsStreamFields,
  })
  .superRefine((spec, context) => report(awsProblems(spec, spec.zones.length), context));

export type AwsStreamSpec = z.output<typeof awsStreamSpec>;
