import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../core/errors.ts";
import type { Aggregates } from "./aggregate-schema.ts";
import { outboxTopics } from "./plan.ts";

/** The topics of a stream by name, as in its `topicNames`. */
export type TopicNames = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * The topics that a connector writes to, known after all of them are created: a connector that starts earlier fails, because
 * topics are not created automatically.
 *
 * @throws BlueprintError `manifest-invalid` when the stream does not have all of them.
 */
export function requiredTopics(
  where: string,
  aggregates: Aggregates,
  topicNames: TopicNames,
): pulumi.Output<string[]> {
  const wanted = outboxTopics(aggregates);
  const missing = wanted.filter((name) => topicNames[name] === undefined);
  if (missing.length > 0) {
    throw new BlueprintError(
      "manifest-invalid",
      `${where}: the stream does not have the topics that its outbox writes to:`,
      missing.map((name) => ({
        path: `stream.topics["${name}"]`,
        message: "is required: add the topics of aggregateTopics() to the stream",
      })),
    );
  }
  return pulumi.all(wanted.map((name) => topicNames[name] ?? name));
}

/** A value that is known after the topics are created. */
export function after<Value>(
  topics: pulumi.Output<string[]>,
  value: pulumi.Input<Value>,
): pulumi.Output<pulumi.Unwrap<Value>> {
  return pulumi.all([value, topics]).apply(([known]) => known);
}
