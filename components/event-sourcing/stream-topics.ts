/** The topics that event sourcing adds to the stream, and their problems by aggregate. */
import { z } from "zod";
import type { Problem } from "../core/errors.ts";
import type { Written } from "../section/cell.ts";
import type { Contributed } from "../section/section.ts";
import { aggregates as aggregatesField } from "./aggregate-schema.ts";
import { aggregateTopics } from "./plan.ts";

interface EventTopics {
  /** Topics by name, as in the `topics` of a stream. */
  readonly topics: Written;
  /** The aggregate of each topic; undefined for the connector's topics. */
  readonly aggregates: ReadonlyMap<string, string | undefined>;
  /** Invalid aggregates, whose topics are unknown. */
  readonly unread: readonly string[];
}

export function streamTopics(eventSourcing: Written | undefined): Contributed {
  const events = eventTopics(eventSourcing);
  return {
    into: (stream) => ({ ...stream, topics: withEvents(stream.topics, events) }),
    problems: (stream) => topicsTwice(stream, events),
    unread: ({ got }) =>
      typeof got === "string" && events.unread.some((aggregate) => got.startsWith(`${aggregate}.`)),
    inOwnTerms: (problem) => inAggregateTerms(problem, events),
  };
}

const readable = z.object({ ...aggregatesField, outbox: z.unknown().optional() });

/** The topics of an unparsed section; none while its aggregates are invalid, which their schema reports. */
function eventTopics(eventSourcing: Written | undefined): EventTopics {
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

/** Invalid topics are left unchanged, for the stream's schema to reject. */
function withEvents(written: unknown, { topics }: EventTopics): unknown {
  if (written === undefined) return topics;
  const isMap = typeof written === "object" && written !== null && !Array.isArray(written);
  return isMap ? { ...written, ...topics } : written;
}

/** Topics that a stream declares although event sourcing creates them. */
function topicsTwice({ topics }: Written, events: EventTopics): Problem[] {
  if (typeof topics !== "object" || topics === null) return [];
  return Object.keys(topics)
    .filter((topic) => events.aggregates.has(topic))
    .map((topic) => ({
      path: `stream.topics.${topic}`,
      message: `must not be declared here: it is a topic of ${source(events, topic)}`,
    }));
}

/** Reports a problem of a generated topic as one of its aggregate. */
function inAggregateTerms(problem: Problem, events: EventTopics): Problem {
  const start = "stream.topics.";
  if (!problem.path.startsWith(start)) return problem;
  const rest = problem.path.slice(start.length);
  const topic = [...events.aggregates.keys()].find(
    (name) => rest === name || rest.startsWith(`${name}.`),
  );
  if (topic === undefined) return problem;
  const field = rest.slice(topic.length);
  if (field === ".replicationFactor") {
    return {
      path: "stream",
      message:
        "must have at least 3 brokers, in more zones or with more brokers per zone: event topics have three replicas",
    };
  }
  return {
    ...problem,
    path: `${source(events, topic)}${field}`,
    message: `${problem.message} (its topic "${topic}")`,
  };
}

function source({ aggregates }: EventTopics, topic: string): string {
  const aggregate = aggregates.get(topic);
  return aggregate === undefined ? "eventSourcing.outbox" : `eventSourcing.aggregates.${aggregate}`;
}
