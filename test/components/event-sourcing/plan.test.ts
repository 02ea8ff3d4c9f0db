// Names and settings only: that a service writes into its outbox is its own affair.
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

  test("events are kept for ever, states by their last one, dead letters for two weeks", () => {
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

  test("those of one aggregate have the same partitions, so that keys meet", () => {
    const partitions = Object.entries(topics)
      .filter(([name]) => name.startsWith("order."))
      .map(([, settings]) => settings.partitions);
    assert.deepEqual(partitions, [12, 12, 12, 12]);
  });
});

describe("the connector", () => {
  const config = outboxConfig(outbox, given);

  test("routes each event to its aggregate's topic, which is there", () => {
    assert.equal(config["transforms.outbox.route.topic.replacement"], `\${routedByValue}.events`);
    const routed = Object.keys(given).map((name) => `${name}.events`);
    for (const name of routed)
      assert.ok(topicNames.includes(name) && outboxTopics(given).includes(name));
  });

  test("beats into a topic that is there", () => {
    const name = `${config["topic.heartbeat.prefix"]}.${config["topic.prefix"]}`;
    assert.ok(topicNames.includes(name), name);
  });

  test("reads one table through a slot and a publication of its own", () => {
    assert.deepEqual(
      [config["table.include.list"], config["slot.name"], config["publication.autocreate.mode"]],
      ["public.outbox", "outbox_shop", "filtered"],
    );
  });

  test("says whom an event is about where there are people in it, and only there", () => {
    const placement = "transforms.outbox.table.fields.additional.placement";
    assert.equal(config[placement], "type:header:eventType,subject:header:subject");
    const { payment } = given;
    assert.ok(payment);
    assert.equal(outboxConfig(outbox, { payment })[placement], "type:header:eventType");
  });

  test("is refused where the stream lacks its topics, with all of them named", () => {
    assert.throws(() => requiredTopics("events", given, { "order.events": "order.events" }), {
      code: "manifest-invalid",
      message: /stream\.topics\["payment\.events"\].*\n.*outbox\.heartbeats\.outbox/,
    });
  });
});
