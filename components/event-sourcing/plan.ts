import type { z } from "zod";
import type { topic } from "../stream/topic-schema.ts";
import type { Aggregate, Aggregates } from "./aggregate-schema.ts";

type TopicInput = z.input<typeof topic>;

/** The purpose of a topic of an aggregate. */
export type TopicKind = "events" | "snapshots" | "dead-letters" | `read.${string}`;

/** `order.events`, `order.read.summary` */
export function topicOf(aggregate: string, kind: TopicKind): string {
  return `${aggregate}.${kind}`;
}

/** The prefix of the connector's own topics. */
export const outboxPrefix = "outbox";

/**
 * The connector's heartbeat topic, which lets the database delete old write-ahead logs. Debezium joins the two names with a dot.
 */
export const heartbeatPrefix = "outbox.heartbeats";
export const heartbeatTopic = `${heartbeatPrefix}.${outboxPrefix}`;

/**
 * All topics of these aggregates by name, for the `topics` of the stream.
 */
export function aggregateTopics(settings: {
  readonly aggregates: Aggregates;
  readonly outbox?: unknown;
}): Record<string, TopicInput> {
  const topics = Object.entries(settings.aggregates).flatMap(([name, aggregate]) =>
    topicsOf(name, aggregate),
  );
  if (settings.outbox !== undefined) {
    topics.push([heartbeatTopic, { partitions: 1, retention: "1 day" }]);
  }
  return Object.fromEntries(topics);
}

function topicsOf(name: string, aggregate: Aggregate): [string, TopicInput][] {
  const { partitions, retention, cleanup, dailyVolume, localRetention } = aggregate;
  const compacted: TopicInput = { partitions, cleanup: "compact" };
  const kinds: [TopicKind, TopicInput][] = [
    [
      "events",
      {
        partitions,
        cleanup,
        retention,
        ...(dailyVolume === undefined ? {} : { dailyVolume }),
        ...(localRetention === undefined ? {} : { localRetention }),
      },
    ],
    ...(aggregate.snapshots ? [["snapshots", compacted] as [TopicKind, TopicInput]] : []),
    ...aggregate.readModels.map((model): [TopicKind, TopicInput] => [`read.${model}`, compacted]),
    ["dead-letters", { partitions, retention: aggregate.deadLetterRetention }],
  ];
  return kinds.map(([kind, settings]) => [topicOf(name, kind), settings]);
}

/** Topics that the connector writes to: the events of every aggregate, and heartbeats. */
export function outboxTopics(aggregates: Aggregates): string[] {
  return [...Object.keys(aggregates).map((name) => topicOf(name, "events")), heartbeatTopic];
}
