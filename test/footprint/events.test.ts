// What these tests cannot prove: that the engine is never started after a refusal; test/cli and test/e2e do.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configDirectory } from "../../footprint/files/config-files.ts";
import { loadFootprint } from "../../footprint/load.ts";
import { all, aws, type Case, gcp, onprem, refusals, refusesEach, set } from "../support/sample.ts";

const outbox = {
  database: "app",
  image: `registry.example/connect@sha256:${"0".repeat(64)}`,
  passwordSecret: "outbox",
};

const cases: Case[] = [
  [
    "topics of events on too few brokers",
    {
      [aws]: all(
        set("zones", ["us-east-1a", "us-east-1b"]),
        set("stream.topics.page-views.replicationFactor", 2),
        set("stream.topics.page-views.minInsyncReplicas", 1),
        set("stream.topics.price-list.replicationFactor", 2),
        set("stream.topics.price-list.minInsyncReplicas", 1),
      ),
    },
    [/aws-use1\.yaml: stream: must have at least 3 brokers/],
  ],
  [
    "an invalid aggregate, without problems of its unknown topics",
    { [aws]: set("eventSourcing.aggregates.order.audti", true) },
    [
      /aws-use1\.yaml: eventSourcing\.aggregates\.order\.audti: unknown field, did you mean "audit"/,
    ],
  ],
  [
    "evidence that is compacted",
    { [gcp]: set("eventSourcing.aggregates.order.cleanup", "compact") },
    [
      /gcp-euw1\.yaml: eventSourcing\.aggregates\.order\.cleanup: must be "delete" when audit is true/,
    ],
  ],
  [
    "evidence that is kept for less than a claimed framework requires",
    { [aws]: set("eventSourcing.aggregates.order.retention", "90 days") },
    [/eventSourcing\.aggregates\.order\.retention: must be at least "365 days".*PCI DSS/],
  ],
  [
    "a setting of an aggregate that the brokers do not support, with the aggregate's path",
    { [onprem]: set("eventSourcing.aggregates.order.localRetention", "8 days") },
    [
      /eventSourcing\.aggregates\.order\.localRetention: must be omitted on-premises: .* \(its topic "order\.events"\)/,
    ],
  ],
  [
    "a topic that an aggregate already has",
    { [aws]: set("stream.topics", { "order.events": {} }) },
    [
      /stream\.topics\.order\.events: must not be declared here: it is a topic of eventSourcing\.aggregates\.order/,
      /stream\.clients\.storefront\.produce/,
      /stream\.clients\.storefront\.consume/,
    ],
  ],
  [
    "event sourcing without a stream",
    { [gcp]: set("stream", undefined) },
    [/gcp-euw1\.yaml: stream: is required: eventSourcing stores events in its topics/],
  ],
  [
    "an outbox without a database",
    { [gcp]: all(set("database", undefined), set("identity", undefined)) },
    [/gcp-euw1\.yaml: database: is required: eventSourcing\.outbox reads a table in it/],
  ],
  [
    "an outbox whose password is not a secret of the cell",
    { [aws]: set("eventSourcing.outbox.passwordSecret", "outbx") },
    [
      /eventSourcing\.outbox\.passwordSecret: must be a secret of the cell, did you mean "outbox"\?/,
    ],
  ],
  [
    "a registry whose database allows only connectors",
    { [gcp]: set("eventSourcing.registry", {}) },
    [/database\.requireConnector: must be false when eventSourcing\.registry/],
  ],
  [
    "a registry without a password",
    {
      [onprem]: all(
        set("eventSourcing.registry", {}),
        set("database.clientNamespaces", ["schema-registry"]),
      ),
    },
    [/onprem-sel\.yaml: config: must have atoll:registry-password, which eventSourcing\.registry/],
  ],
  [
    "an outbox and a registry whose namespaces the database does not admit",
    {
      [onprem]: set("eventSourcing", {
        outbox,
        registry: {},
      }),
    },
    [
      /database\.clientNamespaces: must include "kafka": eventSourcing\.outbox in it reads a table of the database/,
      /database\.clientNamespaces: must include "schema-registry": eventSourcing\.registry in it stores/,
    ],
  ],
  ...([aws, gcp] as const).map(
    (stack): Case => [
      `a major upgrade of the database of an outbox: ${stack}`,
      { [stack]: set("database.upgrade", { to: "18", approvedBy: "dba", change: "CHG-1" }) },
      [/database\.upgrade: must wait until the outbox is paused: .* drop the slot with pg_drop/],
    ],
  ),
  [
    "a major upgrade of the database of an outbox on premises, and connections that do not fit",
    {
      [onprem]: all(
        set("database.upgrade", { to: "18", approvedBy: "dba", change: "CHG-1" }),
        set("database.clientNamespaces", ["kafka", "schema-registry"]),
        set("eventSourcing.outbox", outbox),
        set("eventSourcing.registry", { replicas: 4, database: { connections: 40 } }),
      ),
    },
    [
      /database\.upgrade: must wait until the outbox is paused/,
      /database\.size: must serve at least 243 connections: 3 for superusers \+ 7 for .* \+ 10 for .* \+ 200 for the schema registry \(4 replicas and one during an update, 40 each\) \+ 3 for the outbox \+ 20 for clients; size "small" has 200, size "medium" has 500/,
    ],
  ],
  [
    "clients that need more connections than a registry leaves",
    {
      [gcp]: all(
        set("database.connections", 480),
        set("database.requireConnector", false),
        set("eventSourcing.registry", {}),
      ),
    },
    [/database\.size: must serve at least 533 connections: .* \+ 480 for clients; size "small"/],
  ],
];

describe("the events of a cell", () => {
  refusesEach(cases);

  test("a paused outbox lets its database be upgraded", () => {
    const upgrade = set("database.upgrade", { to: "18", approvedBy: "dba", change: "CHG-1" });
    for (const stack of [aws, gcp])
      assert.deepEqual(
        refusals({ [stack]: all(upgrade, set("eventSourcing.outbox.paused", true)) }),
        [],
      );
  });

  test("a stream has the topics of its cell's aggregates", () => {
    const { cells } = loadFootprint(configDirectory(), "local");
    for (const { specs } of cells) {
      const topics = Object.keys(specs.stream?.topics ?? {});
      for (const topic of ["order.events", "order.snapshots", "order.dead-letters"])
        assert.ok(topics.includes(topic), `${specs.cloud}: ${topics}`);
    }
  });
});
