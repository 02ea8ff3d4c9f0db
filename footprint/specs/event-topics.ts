/** The topics that event sourcing asks of the stream, and what is said of them in the words of whoever declared the aggregates. */
import { z } from "zod";
import type { Problem } from "../../components/core/errors.ts";
import { aggregates as aggregatesField } from "../../components/event-sourcing/aggregate-schema.ts";
import { aggregateTopics } from "../../components/event-sourcing/plan.ts";

type Written = Readonly<Record<string, unknown>>;

export interface EventTopics {
  /** By name, as a stream's `topics` has them. */
  readonly topics: Written;
  /** The aggregate that each topic is of; undefined for the connector's own. */
  readonly aggregates: ReadonlyMap<string, string | undefined>;
  /** Aggregates that are written and could not be read, so that nobody knows their topics. */
  readonly unread: readonly string[];
}

const readable = z.object({ ...aggregatesField, outbox: z.unknown().optional() });

/** The topics of a section as it is written; none while its aggregates are wrong, which their own schema tells. */
export function eventTopics(eventSourcing: Written | undefined): EventTopics {
  const read = readable.safeParse(eventSourcing ?? {});
  if (eventSourcing === undefined || !read.success) {
    const { aggregates } = eventSourcing ?? {};
    const unread =
      typeof aggregates === "object" && aggregates !== null ? Object.keys(aggregates) : [];
    return { topics: {}, aggregates: new Map(), unread };
  }
  const { aggregates, outbox } = read.data;
  const of = new Map<string, string | undefined>();
  for (const [name, aggregate] of Object.entries(aggregates)) {
    for (const topic of Object.keys(aggregateTopics({ aggregates: { [name]: aggregate } })))
      of.set(topic, name);
  }
  const topics = aggregateTopics({ aggregates, outbox });
  for (const topic of Object.keys(topics)) of.set(topic, of.get(topic));
  return { topics, aggregates: of, unread: [] };
}

/** Whether a problem is that of a name which may be a topic of an aggregate that could not be read. */
export function mayBeUnread({ got }: Problem, { unread }: EventTopics): boolean {
  return typeof got === "string" && unread.some((aggregate) => got.startsWith(`${aggregate}.`));
}

/** Topics that a stream declares although they are made for its aggregates. */
export function topicsTwice(stream: Written, events: EventTopics, file: string): Problem[] {
  const { topics } = stream;
  if (typeof topics !== "object" || topics === null) return [];
  return Object.keys(topics)
    .filter((topic) => events.aggregates.has(topic))
    .map((topic) => ({
      path: `${file}: stream.topics.${topic}`,
      message: `must not be declared here: it is a topic of ${source(events, topic)}`,
    }));
}

/** A problem of a topic that nobody wrote is one of the aggregate that it is made for. */
export function inAggregateTerms(problem: Problem, events: EventTopics, file: string): Problem {
  const start = `${file}: stream.topics.`;
  if (!problem.path.startsWith(start)) return problem;
  const rest = problem.path.slice(start.length);
  const topic = [...events.aggregates.keys()].find(
    (name) => rest === name || rest.startsWith(`${name}.`),
  );
  if (topic === undefined) return problem;
  const field = rest.slice(topic.length);
  if (field === ".replicationFactor") {
    return {
      path: `${file}: stream`,
      message:
        "must have at least 3 brokers, by more zones or more brokers in each: topics of events are kept three times",
    };
  }
  return {
    ...problem,
    path: `${file}: ${source(events, topic)}${field}`,
    message: `${problem.message} (its topic "${topic}")`,
  };
}

function source({ aggregates }: EventTopics, topic: string): string {
  const aggregate = aggregates.get(topic);
  return aggregate === undefined ? "eventSourcing.outbox" : `eventSourcing.aggregates.${aggregate}`;
}
