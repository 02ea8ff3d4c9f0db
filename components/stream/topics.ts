import { didYouMean } from "../core/suggest.ts";
import { bytes, type Duration, days, seconds } from "../core/units.ts";
import type { Clients, Topic, Topics } from "./topic-schema.ts";

/** A problem of a topic or a client, with its path below the settings of the stream. */
export interface StreamProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly got: unknown;
}

/** The capacity of brokers. */
export interface BrokerCapacity {
  readonly brokers: number;
  /** Partition replicas on one broker. */
  readonly partitionsPerBroker: number;
  /** The source of the limit, for messages: `kafka.m7g.large`. */
  readonly limitOf: string;
  /** Bytes on one broker. Undefined if storage grows automatically. */
  readonly storagePerBroker?: number;
}

/** The usable share of a disk: MSK and Strimzi recommend alarms at 85 percent. */
const usableShare = 0.85;

/** A topic's Kafka configuration. Values are strings, as the cloud APIs require. */
export function topicConfig(topic: Topic): Record<string, string> {
  const { cleanup, retention, retentionSize, localRetention } = topic;
  const deletes = cleanup !== "compact";
  const compacts = cleanup !== "delete";
  return {
    "cleanup.policy": {
      delete: "delete",
      compact: "compact",
      "compact-and-delete": "compact,delete",
    }[cleanup],
    "min.insync.replicas": String(topic.minInsyncReplicas),
    "max.message.bytes": String(bytes(topic.maxMessageSize)),
    ...(deletes
      ? {
          "retention.ms": retention === "forever" ? "-1" : milliseconds(retention),
          "retention.bytes": retentionSize === undefined ? "-1" : String(bytes(retentionSize)),
        }
      : {}),
    ...(compacts
      ? {
          "max.compaction.lag.ms": milliseconds(topic.maxCompactionLag),
          "delete.retention.ms": milliseconds(topic.tombstoneRetention),
        }
      : {}),
    ...(localRetention === undefined
      ? {}
      : {
          "remote.storage.enable": "true",
          "local.retention.ms": milliseconds(localRetention),
        }),
  };
}

function milliseconds(duration: Duration): string {
  return String(seconds(duration) * 1000);
}

/** Problems of topics on brokers with this capacity. */
export function topicProblems(topics: Topics, capacity: BrokerCapacity): StreamProblem[] {
  return [
    ...Object.entries(topics).flatMap(([name, topic]) => ofOneTopic(name, topic, capacity)),
    ...partitionProblems(topics, capacity),
    ...storageProblems(topics, capacity),
  ];
}

function ofOneTopic(name: string, topic: Topic, { brokers }: BrokerCapacity): StreamProblem[] {
  const problems: StreamProblem[] = [];
  const say = (field: keyof Topic, message: string) =>
    problems.push({ path: ["topics", name, field], message, got: topic[field] });
  const { replicationFactor, minInsyncReplicas, cleanup, retention, localRetention } = topic;
  if (replicationFactor > brokers) {
    say("replicationFactor", `must be at most the number of brokers, ${brokers}`);
  }
  if (minInsyncReplicas >= replicationFactor && replicationFactor > 1) {
    say(
      "minInsyncReplicas",
      `must be less than replicationFactor, ${replicationFactor}: with one broker down, writes would fail`,
    );
  }
  if (minInsyncReplicas > replicationFactor && replicationFactor === 1) {
    say("minInsyncReplicas", "must be 1 with one replica");
  }
  if (cleanup === "compact" && topic.retentionSize !== undefined) {
    say(
      "retentionSize",
      'must be omitted for a topic that is only compacted: use "compact-and-delete"',
    );
  }
  if (localRetention !== undefined && cleanup !== "delete") {
    say(
      "localRetention",
      "must be omitted for a compacted topic: Kafka does not support tiered storage for it",
    );
  }
  if (
    localRetention !== undefined &&
    retention !== "forever" &&
    seconds(localRetention) > seconds(retention)
  ) {
    say("localRetention", `must be at most retention, "${retention}"`);
  }
  return problems;
}

/** The number of partition replicas of all topics. */
export function partitionReplicas(topics: Topics): number {
  return Object.values(topics).reduce(
    (sum, { partitions, replicationFactor }) => sum + partitions * replicationFactor,
    0,
  );
}

function partitionProblems(topics: Topics, capacity: BrokerCapacity): StreamProblem[] {
  const { brokers, partitionsPerBroker, limitOf } = capacity;
  const wanted = partitionReplicas(topics);
  const most = brokers * partitionsPerBroker;
  if (wanted <= most) return [];
  return [
    {
      path: ["topics"],
      message: `must have at most ${most} partition replicas, ${partitionsPerBroker} on each of ${brokers} brokers (${limitOf}): use fewer partitions or larger or more brokers`,
      got: wanted,
    },
  ];
}

/**
 * The bytes of a topic on the brokers' disks, with all replicas. Undefined without a limit, or for a compacted topic, whose size depends
 * on its keys.
 */
export function storedBytes(topic: Topic): number | undefined {
  const { partitions, replicationFactor, cleanup, retentionSize, dailyVolume } = topic;
  if (cleanup === "compact") return undefined;
  const onDisk = topic.localRetention ?? topic.retention;
  const bySize =
    retentionSize === undefined ? Number.POSITIVE_INFINITY : bytes(retentionSize) * partitions;
  const byTime =
    dailyVolume === undefined || onDisk === "forever"
      ? Number.POSITIVE_INFINITY
      : bytes(dailyVolume) * (seconds(onDisk) / 86_400);
  const least = Math.min(bySize, byTime);
  return Number.isFinite(least) ? least * replicationFactor : undefined;
}

function storageProblems(topics: Topics, capacity: BrokerCapacity): StreamProblem[] {
  const { brokers, storagePerBroker } = capacity;
  if (storagePerBroker === undefined) return [];
  const unbounded = Object.entries(topics).flatMap(([name, topic]) =>
    topic.dailyVolume !== undefined &&
    storedBytes(topic) === undefined &&
    topic.cleanup !== "compact"
      ? [
          {
            path: ["topics", name, "retention"],
            message:
              "must be limited with dailyVolume and finite disks: set a retention, retentionSize or localRetention",
            got: topic.retention,
          },
        ]
      : [],
  );
  const stored = Object.values(topics).reduce((sum, topic) => sum + (storedBytes(topic) ?? 0), 0);
  const room = Math.floor(brokers * storagePerBroker * usableShare);
  if (stored <= room) return unbounded;
  const largest = Object.entries(topics).sort(
    ([, one], [, other]) => (storedBytes(other) ?? 0) - (storedBytes(one) ?? 0),
  )[0];
  return [
    ...unbounded,
    {
      path: ["topics"],
      message: `must keep at most ${gibibytesText(room)} with all replicas, 85 percent of the brokers' disks; they keep ${gibibytesText(stored)}, most of it in "${largest?.[0] ?? ""}": reduce the retention or enlarge the storage`,
      got: gibibytesText(stored),
    },
  ];
}

function gibibytesText(amount: number): string {
  return `${Math.ceil(amount / 2 ** 30)} GiB`;
}

/** Retention of a topic in days. Undefined if unlimited or compacted. */
export function retentionDays({ cleanup, retention }: Topic): number | undefined {
  return cleanup === "compact" || retention === "forever" ? undefined : days(retention);
}

/** Problems of clients' grants with these topics. */
export function clientProblems(topics: Topics, clients: Clients): StreamProblem[] {
  const names = Object.keys(topics);
  return Object.entries(clients).flatMap(([key, client]): StreamProblem[] => {
    const path = ["clients", key];
    const missing = (["produce", "consume"] as const).flatMap((verb) =>
      client[verb].flatMap((grant, index) =>
        covers(grant, names)
          ? []
          : [
              {
                path: [...path, verb, index],
                message: grant.endsWith("*")
                  ? "must be the prefix of at least one topic"
                  : `must be a topic of this stream${didYouMean(grant, names)}`,
                got: grant,
              },
            ],
      ),
    );
    if (client.produce.length + client.consume.length > 0) return missing;
    return [{ path, message: "must have at least one topic to produce or consume", got: client }];
  });
}

function covers(grant: string, names: readonly string[]): boolean {
  const { prefix, name } = parsed(grant);
  return prefix ? names.some((candidate) => candidate.startsWith(name)) : names.includes(name);
}

/** A grant as Kafka's resource pattern: `orders.*` is the prefix `orders.`. */
export function parsed(grant: string): { readonly name: string; readonly prefix: boolean } {
  return grant.endsWith("*")
    ? { name: grant.slice(0, -1), prefix: true }
    : { name: grant, prefix: false };
}

/** The prefix of a client's consumer groups and transactional ids. */
export function groupOf(key: string, client: Pick<Clients[string], "group">): string {
  return client.group ?? key;
}
