// What a change of settings refuses and loses. Not proven here: that the clouds do the same; test/changes plans the changes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { budgetChanges } from "../../../components/budget/changes.ts";
import { cacheChanges } from "../../../components/cache/changes.ts";
import { databaseChanges } from "../../../components/database/changes.ts";
import { nodePoolChanges } from "../../../components/node-pool/changes.ts";
import { objectStoreChanges } from "../../../components/object-store/changes.ts";
import type { Changes } from "../../../components/section/changes.ts";
import { streamChanges } from "../../../components/stream/changes.ts";
import { cellFieldChanges } from "../../../footprint/changes/cell-fields.ts";
import { compare } from "../../../footprint/changes/compare.ts";
import { isLower } from "../../../footprint/changes/order.ts";
import {
  changesOf,
  environmentChangesOf,
  environmentSettingsOf,
  settingsOf,
} from "../../../footprint/changes/settings.ts";
import { cellFieldNames } from "../../../footprint/manifest/cell.ts";
import { loaded } from "../../support/sample.ts";

type Settings = Record<string, unknown>;

const refused = (table: Changes, before: Settings, after: Settings) =>
  compare(table, "s", before, after).refusals.map(({ path }) => path);
const lost = (table: Changes, before: Settings, after: Settings) =>
  compare(table, "s", before, after).losses.map(({ path, loses }) => `${path}: ${loses}`);

describe("the order of values", () => {
  test("is that of numbers, sizes, durations, versions, switches, lists and presence", () => {
    const ascending: [unknown, unknown, (readonly string[])?][] = [
      [1, 2],
      ["900 MiB", "1 GiB"],
      ["36 hours", "2 days"],
      ["7 days", "forever"],
      ["4.0.x.kraft", "4.1.x.kraft"],
      ["1.9", "1.10"],
      [false, true],
      [["a"], ["a", "b"]],
      [undefined, "x"],
      ["single", "per-zone", ["single", "per-zone"]],
    ];
    for (const [low, high, order] of ascending) {
      assert.equal(isLower(high, low, order), true, `${high} to ${low}`);
      assert.equal(isLower(low, high, order), false, `${low} to ${high}`);
    }
    assert.equal(isLower("small", "large"), false);
  });
});

describe("changes that can never be made", () => {
  test("are refused with what is deployed, why, and what to do instead", () => {
    const topics = (partitions: number) => ({ topics: { orders: { partitions } } });
    const { refusals } = compare(streamChanges.aws, "stream", topics(12), topics(6));
    assert.equal(refusals.length, 1);
    const [problem] = refusals;
    assert.equal(problem?.path, "stream.topics.orders.partitions");
    assert.equal(problem?.got, 6);
    assert.match(problem?.message ?? "", /deployed as 12 \(Apache Kafka.*add a topic/);
    assert.deepEqual(refused(streamChanges.aws, topics(6), topics(12)), []);
  });

  test("of a database's version need an upgrade, which then becomes the version", () => {
    const { aws } = databaseChanges;
    const upgrade = { to: "18", approvedBy: "a", change: "c" };
    assert.deepEqual(refused(aws, { version: "17" }, { version: "18" }), ["s.version"]);
    assert.deepEqual(refused(aws, { version: "18" }, { version: "17" }), ["s.version"]);
    assert.deepEqual(refused(aws, { version: "17" }, { version: "17", upgrade }), []);
    assert.deepEqual(refused(aws, { version: "17", upgrade }, { version: "18" }), []);
    assert.deepEqual(refused(aws, { version: "17", upgrade }, { version: "17" }), ["s.upgrade"]);
  });

  test("of a replicated database keep the stored password", () => {
    const replicateTo = { cell: "b" };
    const { aws, gcp } = databaseChanges;
    assert.deepEqual(refused(aws, { replicateTo }, {}), ["s.replicateTo"]);
    assert.deepEqual(refused(aws, { replicateTo }, { masterPassword: "stored" }), []);
    assert.deepEqual(refused(aws, { masterPassword: "stored" }, {}), []);
    assert.deepEqual(refused(aws, {}, { replicateTo }), []);
    assert.deepEqual(refused(gcp, { replicateTo }, {}), []);
  });

  test("of locks are those that weaken a compliance lock", () => {
    const lock = (mode: string, days: number) => ({ buckets: { b: { lock: { mode, days } } } });
    const { aws, gcp } = objectStoreChanges;
    const days = "s.buckets.b.lock.days";
    assert.deepEqual(refused(aws, lock("compliance", 9), lock("compliance", 8)), [days]);
    assert.deepEqual(refused(aws, lock("governance", 9), lock("governance", 8)), []);
    const weaker = refused(gcp, lock("compliance", 9), lock("governance", 9));
    assert.deepEqual(weaker, ["s.buckets.b.lock.mode"]);
    assert.deepEqual(refused(gcp, lock("governance", 9), lock("compliance", 9)), []);
    const none = { buckets: { b: {} } };
    assert.deepEqual(refused(gcp, lock("compliance", 9), none), ["s.buckets.b.lock"]);
    assert.deepEqual(refused(gcp, lock("governance", 9), none), []);
  });

  test("of a cache on AWS are those between one shard and several", () => {
    assert.deepEqual(refused(cacheChanges.aws, { size: "small" }, { size: "medium" }), []);
    assert.deepEqual(refused(cacheChanges.aws, { size: "small" }, { size: "large" }), ["s.size"]);
    assert.deepEqual(refused(cacheChanges.gcp, { version: "9" }, { version: "8" }), ["s.version"]);
  });
});

describe("losses", () => {
  test("are what a replacement, a removal and a lower value lose", () => {
    const { aws } = streamChanges;
    const topic = (more: object) => ({
      topics: { a: { retention: "7 days", replicationFactor: 3, ...more } },
    });
    assert.deepEqual(lost(aws, topic({}), topic({ replicationFactor: 2 })), [
      "s.topics.a.replicationFactor: the topic with its records",
    ]);
    assert.deepEqual(lost(aws, topic({}), topic({ retention: "1 day" })), [
      "s.topics.a.retention: records that are older or beyond the size",
    ]);
    assert.deepEqual(lost(aws, topic({}), { topics: {} }), [
      "s.topics.a: the topic with its records",
    ]);
    assert.deepEqual(lost(aws, topic({}), topic({ retention: "8 days" })), []);
    assert.deepEqual(lost(aws, { topics: {} }, topic({})), []);
  });

  test("of node pools are those of their entries", () => {
    const pool = (max: number) => ({ general: { size: { min: 0, max } } });
    assert.deepEqual(lost(nodePoolChanges.aws, pool(3), pool(2)), []);
    assert.equal(lost(nodePoolChanges.aws, pool(3), {}).length, 1);
  });
});

describe("the settings that a stack publishes", () => {
  test("of an environment are compared with what frameworks and cells decide", () => {
    const sample = loaded({});
    const deployed = environmentSettingsOf(sample);
    assert.deepEqual(environmentChangesOf(deployed, sample), { refusals: [], losses: [] });
    const { accounts, retentionDays } = deployed.audit as Settings & {
      accounts: Record<string, Settings>;
    };
    assert.equal(typeof retentionDays, "number");
    assert.equal(accounts["111122223333"]?.region, "us-east-1");
    const longer = { ...deployed, audit: { ...deployed.audit, retentionDays: 9999 } };
    assert.deepEqual(
      environmentChangesOf(longer, sample).refusals.map(({ path }) => path),
      ["audit.retentionDays"],
    );
    const moved = { accounts: { ...accounts, "111122223333": { region: "eu-west-1" } } };
    const elsewhere = { ...deployed, audit: { ...deployed.audit, ...moved } };
    assert.ok(
      environmentChangesOf(elsewhere, sample).losses.some(({ loses }) => /archive/.test(loses)),
    );
  });

  test("of a cell have every section, also further ones, and no others change nothing", () => {
    const sample = loaded({});
    for (const cell of sample.cells) {
      const deployed = settingsOf(cell, sample.registry);
      assert.ok("network" in deployed && "cluster" in deployed && "nodePools" in deployed);
      const compared = changesOf(deployed, cell, sample.registry);
      assert.deepEqual(compared, { refusals: [], losses: [] });
      assert.deepEqual(changesOf({}, cell, sample.registry), { refusals: [], losses: [] });
    }
    const [aws] = sample.cells.filter(({ cloud }) => cloud === "aws");
    assert.ok(aws && "caches.sessions" in settingsOf(aws, sample.registry));
    const fewer = loaded({ "local.aws-use1": (manifest) => delete manifest.caches });
    const cell = fewer.cells.find(({ cloud }) => cloud === "aws");
    assert.ok(cell);
    const { losses } = changesOf(settingsOf(aws, sample.registry), cell, fewer.registry);
    assert.deepEqual(
      losses.map(({ path }) => path),
      ["caches.sessions"],
    );
  });

  test("of a cell's own fields keep it in its place", () => {
    const names = Object.values(cellFieldNames([])).flat();
    assert.deepEqual(
      names.filter((name) => !(name in cellFieldChanges)),
      [],
    );
    const sample = loaded({});
    const aws = sample.cells.find(({ cloud }) => cloud === "aws");
    assert.ok(aws);
    const deployed = settingsOf(aws, sample.registry);
    const before = {
      ...deployed,
      cell: { ...deployed.cell, region: "eu-west-1", cidr: "10.0.0.0/16" },
    };
    const { refusals, losses } = changesOf(before, aws, sample.registry);
    assert.deepEqual(
      [refusals.map(({ path }) => path), losses.map(({ path }) => path)],
      [["region"], ["cidr"]],
    );
  });

  test("of a budget keep their currency", () => {
    const money = (currency: string) => ({ accounts: { a: { monthly: { amount: 1, currency } } } });
    assert.deepEqual(refused(budgetChanges, money("USD"), money("EUR")), [
      "s.accounts.a.monthly.currency",
    ]);
    assert.deepEqual(refused(budgetChanges, { accounts: {} }, money("EUR")), []);
  });
});
