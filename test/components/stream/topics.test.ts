// Arithmetic and messages. Broker capacity is from the vendors' documentation and not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Topic, topic } from "../../../components/stream/topic-schema.ts";
import {
  clientProblems,
  parsed,
  partitionReplicas,
  storedBytes,
  topicConfig,
  topicProblems,
} from "../../../components/stream/topics.ts";

const gibibyte = 2 ** 30;
const roomy = {
  brokers: 3,
  partitionsPerBroker: 1000,
  limitOf: "kafka.m7g.large",
  storagePerBroker: 100 * gibibyte,
};
const of = (settings: Parameters<typeof topic.parse>[0] = {}): Topic => topic.parse(settings);
const messages = (topics: Record<string, Topic>, capacity = roomy) =>
  topicProblems(topics, capacity).map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("the Kafka configuration of a topic", () => {
  test('a topic with cleanup "delete" has a retention and no compaction', () => {
    assert.deepEqual(topicConfig(of({ retention: "1 day", retentionSize: "1 GiB" })), {
      "cleanup.policy": "delete",
      "min.insync.replicas": "2",
      "max.message.bytes": "1048576",
      "retention.ms": "86400000",
      "retention.bytes": "1073741824",
    });
  });

  test("a compacted topic has a lag and no retention", () => {
    assert.deepEqual(topicConfig(of({ cleanup: "compact", maxCompactionLag: "1 hour" })), {
      "cleanup.policy": "compact",
      "min.insync.replicas": "2",
      "max.message.bytes": "1048576",
      "max.compaction.lag.ms": "3600000",
      "delete.retention.ms": "86400000",
    });
  });

  test('both policies are comma-separated, and "forever" is -1', () => {
    const config = topicConfig(of({ cleanup: "compact-and-delete", retention: "forever" }));
    assert.equal(config["cleanup.policy"], "compact,delete");
    assert.equal(config["retention.ms"], "-1");
  });

  test("a topic with tiered storage has a local retention", () => {
    const config = topicConfig(of({ retention: "30 days", localRetention: "1 day" }));
    assert.equal(config["remote.storage.enable"], "true");
    assert.equal(config["local.retention.ms"], "86400000");
  });
});

describe("broker capacity", () => {
  test("no more replicas than brokers", () => {
    assert.deepEqual(messages({ orders: of({ replicationFactor: 4 }) }), [
      "topics.orders.replicationFactor: must be at most the number of brokers, 3",
    ]);
  });

  test("fewer in-sync replicas than replicas, so that a broker can be down", () => {
    assert.match(
      messages({ orders: of({ minInsyncReplicas: 3 }) })[0] ?? "",
      /^topics\.orders\.minInsyncReplicas: must be less than replicationFactor, 3/,
    );
    assert.match(
      messages({ orders: of({ replicationFactor: 1 }) })[0] ?? "",
      /must be 1 with one replica/,
    );
    assert.deepEqual(messages({ orders: of({ replicationFactor: 1, minInsyncReplicas: 1 }) }), []);
  });

  test("no tiered storage for compacted topics, and no local retention longer than the retention", () => {
    assert.match(
      messages({ a: of({ cleanup: "compact", localRetention: "1 day" }) })[0] ?? "",
      /a\.localRetention: must be omitted for a compacted topic/,
    );
    assert.match(
      messages({ a: of({ retention: "1 day", localRetention: "2 days" }) })[0] ?? "",
      /must be at most retention, "1 day"/,
    );
  });

  test("unlimited growth of disks is refused, and tiered storage is a cure", () => {
    const endless = of({ retention: "forever", dailyVolume: "1 GiB" });
    assert.match(
      messages({ audit: endless })[0] ?? "",
      /^topics\.audit\.retention: must be limited with/,
    );
    assert.deepEqual(messages({ audit: { ...endless, localRetention: "1 day" } }), []);
  });

  test("retention beyond the disks is refused, naming the largest topic", () => {
    const [message] = messages({
      small: of({ retentionSize: "1 GiB", partitions: 1 }),
      large: of({ retention: "30 days", dailyVolume: "10 GiB" }),
    });
    assert.equal(
      message,
      'topics: must keep at most 255 GiB with all replicas, 85 percent of the brokers\' disks; they keep 903 GiB, most of it in "large": reduce the retention or enlarge the storage',
    );
  });

  const size = fc.integer({ min: 1, max: 400 });
  const topics = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/),
    fc
      .record({ partitions: size, replicationFactor: fc.integer({ min: 2, max: 3 }) })
      .map(({ partitions, replicationFactor }) =>
        of({ partitions, replicationFactor, minInsyncReplicas: 1 }),
      ),
  );

  test("partitions are refused exactly if their replicas exceed the limit of all brokers", () => {
    fc.assert(
      fc.property(topics, fc.integer({ min: 3, max: 9 }), size, (given, brokers, perBroker) => {
        const capacity = { ...roomy, brokers, partitionsPerBroker: perBroker };
        const counted = Object.values(given)
          .flatMap(({ partitions, replicationFactor }) => Array(partitions).fill(replicationFactor))
          .reduce((sum: number, copies: number) => sum + copies, 0);
        assert.equal(partitionReplicas(given), counted);
        const refused = topicProblems(given, capacity).length > 0;
        assert.equal(refused, counted > brokers * perBroker);
      }),
    );
  });

  test("stored data never grows with an additional limit", () => {
    const days = fc.integer({ min: 1, max: 90 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 64 }), size, (kept, volume, partitions) => {
        const wide = of({ retention: `${kept} days`, dailyVolume: `${volume} GiB`, partitions });
        const narrow = { ...wide, retentionSize: "1 GiB" as const };
        assert.ok((storedBytes(narrow) ?? 0) <= (storedBytes(wide) ?? 0));
        assert.equal(storedBytes(wide), kept * volume * gibibyte * 3);
      }),
    );
  });
});

describe("grants", () => {
  const topics = { "orders.events": of(), "orders.snapshots": of() };
  const client = { produce: [], consume: [], transactional: false };

  test("a grant is either a prefix or a name", () => {
    assert.deepEqual(parsed("orders.*"), { name: "orders.", prefix: true });
    assert.deepEqual(parsed("orders.events"), { name: "orders.events", prefix: false });
    assert.deepEqual(clientProblems(topics, { a: { ...client, consume: ["orders.*"] } }), []);
  });

  test("an unknown topic is refused with a suggestion", () => {
    const [problem] = clientProblems(topics, { a: { ...client, produce: ["order.events"] } });
    assert.deepEqual(problem, {
      path: ["clients", "a", "produce", 0],
      message: 'must be a topic of this stream, did you mean "orders.events"?',
      got: "order.events",
    });
    const [prefix] = clientProblems(topics, { a: { ...client, consume: ["bills.*"] } });
    assert.equal(prefix?.message, "must be the prefix of at least one topic");
  });

  test("a client without grants is refused", () => {
    assert.match(clientProblems(topics, { a: client })[0]?.message ?? "", /at least one topic/);
  });
});
