// Names and settings only. Does not prove that services write to their outbox.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { outboxFields } from "../../../components/event-sourcing/aggregate-schema.ts";
import { outboxConfig } from "../../../components/event-sourcing/outbox.ts";
import { aggregateTopics, outboxTopics } from "../../../components/event-sourcing/plan.ts";
import { requiredTopics } from "../../../components/event-sourcing/required-topics.ts";
import { topicName } from "../../../components/stream/names.ts";
import { topic } from "../../../components/stream/topic-schema.ts";
import { topicConfig } from "../../../components/stream/topics.ts";
import { aggregates, parsed, topicNames } from "./fixture.ts";

const given = parsed(aggregates);
const outbox = z.strictObject(outboxFields).parse({ database: "shop" });

describe("the topics of aggregates", () => {
  const topics = aggregateTopics({ aggregates: given, outbox });
  const configs = Object.fromEntries(
    Object.entries(topics).map(([name, settings]) => [name, topicConfig(topic.parse(settings))]),
  );

  test("are events, snapshots, read models and dead letters, and the connector's heartbeats", () => {
    assert.deepEqual(Object.keys(topics), topicNames);
    for (const name of topicNames) assert.equal(topicName.safeParse(name).success, true);
  });

  test("without an outbox there is no heartbeat", () => {
    assert.ok(
      !Object.keys(aggregateTopics({ aggregates: given })).includes("outbox.heartbeats.outbox"),
    );
  });

  test("events are kept forever, states are compacted, dead letters are kept for two weeks", () => {
    const policies = Object.entries(configs).map(([name, config]) => [
      name,
      config["cleanup.policy"],
      config["retention.ms"],
    ]);
    assert.deepEqual(policies, [
      ["order.events", "delete", "-1"],
      ["order.snapshots", "compact", undefined],
      ["order.read.summary", "compact", undefined],
      ["order.dead-letters", "delete", "1209600000"],
      ["payment.events", "delete", "-1"],
      ["payment.dead-letters", "delete", "1209600000"],
      ["outbox.heartbeats.outbox", "delete", "86400000"],
    ]);
  });

  test("those of one aggregate have the same number of partitions, so that keys are co-partitioned", () => {
    const partitions = Object.entries(topics)
      .filter(([name]) => name.startsWith("order."))
      .map(([, settings]) => settings.partitions);
    assert.deepEqual(partitions, [12, 12, 12, 12]);
  });
});

describe("the connector", () => {
  const config = outboxConfig(outbox, given);

  test("routes each event to its aggregate's topic, which exists", () => {
    assert.equal(config["transforms.outbox.route.topic.replacement"], `\${routedByValue}.events`);
    const routed = Object.keys(given).map((name) => `${name}.events`);
    for (const name of routed)
      assert.ok(topicNames.includes(name) && outboxTopics(given).includes(name));
  });

  test("writes heartbeats to a topic that exists", () => {
    const name = `${config["topic.heartbeat.prefix"]}.${config["topic.prefix"]}`;
    assert.ok(topicNames.includes(name), name);
  });

  test("reads one table through its own slot and publication", () => {
    assert.deepEqual(
      [config["table.include.list"], config["slot.name"], config["publication.autocreate.mode"]],
      ["public.outbox", "outbox_shop", "filtered"],
    );
  });

  test("has a subject header only with personal data", () => {
    const placement = "transforms.outbox.table.fields.additional.placement";
    assert.equal(config[placement], "type:header:eventType,subject:header:subject");
    const { payment } = given;
    assert.ok(payment);
    assert.equal(outboxConfig(outbox, { payment })[placement], "type:header:eventType");
  });

  test("is rejected when the stream does not have its topics, and the message names all of them", () => {
    assert.throws(() => requiredTopics("events", given, { "order.events": "order.events" }), {
      code: "manifest-invalid",
      message: /stream\.topics\["payment\.events"\].*\n.*outbox\.heartbeats\.outbox/,
    });
  });
});
