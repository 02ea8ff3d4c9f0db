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

/** The maximum number of zones that MSK supports. */
export const mostZones = 3;

/** `stream` in the manifest of an AWS cell. */
export const awsStreamFields = {
  ...topicsAndClients,
  /** @default "4.1.x.kraft" */
  version: z.enum(kafkaVersions).default("4.1.x.kraft"),
  /** @default "kafka.m7g.large" */
  brokerType: z.enum(brokerTypes).default("kafka.m7g.large"),
  /** Brokers in each zone that the cell had when the stream was created. @default 1 */
  brokersPerZone: z.int().min(1).max(20).default(1),
  storage: z
    .strictObject({
      /** The disk size of each broker. It cannot shrink; with `growTo` a change has no effect. @default "100 GiB" */
      size: sizeText({ min: "1 GiB", max: "16384 GiB" }).default("100 GiB"),
      /** Storage auto scaling up to this size. @default disabled */
      growTo: sizeText({ max: "16384 GiB" }).optional(),
      /** The disk usage in percent at which storage grows, at most every six hours. @default 60 */
      growAt: z.int().min(10).max(80).default(60),
      /** Whether tiered storage is available, which is billed by usage. It cannot be disabled later. @default true */
      tiered: z.boolean().default(true),
    })
    .prefault({}),
  /** The monitoring level. All except the first have a fee. @default "PER_TOPIC_PER_BROKER" */
  monitoring: z
    .enum(["DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"])
    .default("PER_TOPIC_PER_BROKER"),
  /** Whether Prometheus in the cluster can scrape the brokers. @default false */
  openMonitoring: z.boolean().default(false),
  /** Retention of the brokers' logs in CloudWatch in days. @default 365, as PCI DSS 10.5.1 requires */
  logRetentionDays: z.literal([...logRetentions]).default(365),
};

type AwsStreamFields = z.output<z.ZodObject<typeof awsStreamFields>>;

/** The number of brokers of a cell with this number of zones. */
export function awsBrokers(
  settings: Pick<AwsStreamFields, "brokersPerZone">,
  zones: number,
): number {
  return settings.brokersPerZone * zones;
}

/** The capacity of brokers with these settings. */
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

/** Problems across fields, if each field is valid. */
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
            message: `must result in at most ${mostBrokers} brokers in all ${zones} zones`,
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
        message: "must be omitted while storage.tiered is false",
        got: localRetention,
      });
    }
    if (retention !== "forever" && seconds(retention) < seconds(leastTieredRetention)) {
      problems.push({
        path: ["topics", name, "retention"],
        message: `must be at least "${leastTieredRetention}" with localRetention: tiered storage of MSK has no shorter retention`,
        got: retention,
      });
    }
  }
  return problems;
}

/** Quotas are configured over the Kafka protocol; the MSK API and its provider do not support them. */
function unsupportedOnAws(clients: Clients): StreamProblem[] {
  return Object.entries(clients).flatMap(([key, { quota, principal }]) => [
    ...(quota === undefined
      ? []
      : [
          {
            path: ["clients", key, "quota"],
            message:
              "must be omitted on AWS: MSK has no API for client quotas; set them with kafka-configs.sh, or size the brokers",
            got: quota,
          },
        ]),
    ...(principal === undefined
      ? []
      : [
          {
            path: ["clients", key, "principal"],
            message:
              "must be omitted on AWS: the role with the client's IAM statements is the client",
            got: principal,
          },
        ]),
  ]);
}

/** `stream` in the manifest of an AWS cell, without checks that depend on its zones. */
export const awsStreamSettings = z.strictObject(awsStreamFields);

/** The settings with the facts of the cell: the component's `spec`. */
export const awsStreamSpec = z
  .strictObject({
    cloud: z.literal("aws"),
    account: accountText,
    region: z.string().min(1),
    /** Zones of the brokers. MSK supports two or three. */
    zones: z.array(z.string()).min(2).max(mostZones),
    ...awsStreamFields,
  })
  .superRefine((spec, context) => report(awsProblems(spec, spec.zones.length), context));

export type AwsStreamSpec = z.output<typeof awsStreamSpec>;
