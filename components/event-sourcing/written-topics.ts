import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../core/errors.ts";
import type { Aggregates } from "./aggregate-schema.ts";
import { outboxTopics } from "./plan.ts";

/** The topics of a stream by name, as its `topicNames`. */
export type TopicNames = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * The topics that a connector writes to, once all of them stand: a connector that starts before them fails, as none is made by
 * writing to it.
 *
 * @throws BlueprintError `manifest-invalid` where the stream lacks some of them.
 */
export function writtenTopics(
  where: string,
  aggregates: Aggregates,
  topicNames: TopicNames,
): pulumi.Output<string[]> {
  const wanted = outboxTopics(aggregates);
  const missing = wanted.filter((name) => topicNames[name] === undefined);
  if (missing.length > 0) {
    throw new BlueprintError(
      "manifest-invalid",
      `${where}: the stream lacks topics that its outbox writes to:`,
      missing.map((name) => ({
        path: `stream.topics["${name}"]`,
        message: "is required: give the stream the topics of aggregateTopics()",
      })),
    );
  }
  return pulumi.all(wanted.map((name) => topicNames[name] ?? name));
}

/** A value that is known once the topics stand. */
export function after<Value>(
  topics: pulumi.Output<string[]>,
  value: pulumi.Input<Value>,
): pulumi.Output<pulumi.Unwrap<Value>> {
  return pulumi.all([value, topics]).apply(([known]) => known);
}
