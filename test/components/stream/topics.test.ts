// Arithmetic and words only. That brokers of a size bear what is planned for them is the word of their makers.
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

describe("what Kafka is told of a topic", () => {
  test("a topic that is deleted from has a retention and no compaction", () => {
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

  test("both at once is written with a comma, and for ever is -1", () => {
    const config = topicConfig(of({ cleanup: "compact-and-delete", retention: "forever" }));
    assert.equal(config["cleanup.policy"], "compact,delete");
    assert.equal(config["retention.ms"], "-1");
  });

  test("a tiered topic says how long records stay on the disks", () => {
    const config = topicConfig(of({ retention: "30 days", localRetention: "1 day" }));
    assert.equal(config["remote.storage.enable"], "true");
    assert.equal(config["local.retention.ms"], "86400000");
  });
});

describe("what brokers can hold", () => {
  test("no more copies than brokers", () => {
    assert.deepEqual(messages({ orders: of({ replicationFactor: 4 }) }), [
      "topics.orders.replicationFactor: must be at most the number of brokers, 3",
    ]);
  });

  test("fewer copies in sync than copies, so that a broker may be away", () => {
    assert.match(
      messages({ orders: of({ minInsyncReplicas: 3 }) })[0] ?? "",
      /^topics\.orders\.minInsyncReplicas: must be less than replicationFactor, 3/,
    );
    assert.match(
      messages({ orders: of({ replicationFactor: 1 }) })[0] ?? "",
      /must be 1 where there is one copy/,
    );
    assert.deepEqual(messages({ orders: of({ replicationFactor: 1, minInsyncReplicas: 1 }) }), []);
  });

  test("no tiering of what is compacted, and none longer than the retention", () => {
    assert.match(
      messages({ a: of({ cleanup: "compact", localRetention: "1 day" }) })[0] ?? "",
      /a\.localRetention: must be left out of a compacted topic/,
    );
    assert.match(
      messages({ a: of({ retention: "1 day", localRetention: "2 days" }) })[0] ?? "",
      /must be at most retention, "1 day"/,
    );
  });

  test("disks that fill for ever are refused, and tiering is a cure", () => {
    const endless = of({ retention: "forever", dailyVolume: "1 GiB" });
    assert.match(
      messages({ audit: endless })[0] ?? "",
      /^topics\.audit\.retention: must end while/,
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
      'topics: must keep at most 255 GiB, 85 per cent of the brokers\' disks, with all copies; they keep 903 GiB, most of it "large": keep less or enlarge the storage',
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

  test("partitions are refused exactly when their copies are more than all brokers may hold", () => {
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

  test("what is kept never grows when a limit is added", () => {
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

  test("a prefix covers what starts with it, and nothing is both", () => {
    assert.deepEqual(parsed("orders.*"), { name: "orders.", prefix: true });
    assert.deepEqual(parsed("orders.events"), { name: "orders.events", prefix: false });
    assert.deepEqual(clientProblems(topics, { a: { ...client, consume: ["orders.*"] } }), []);
  });

  test("what is not there is refused with what was meant", () => {
    const [problem] = clientProblems(topics, { a: { ...client, produce: ["order.events"] } });
    assert.deepEqual(problem, {
      path: ["clients", "a", "produce", 0],
      message: 'must be a topic of this stream, did you mean "orders.events"?',
      got: "order.events",
    });
    const [prefix] = clientProblems(topics, { a: { ...client, consume: ["bills.*"] } });
    assert.equal(prefix?.message, "must start the name of at least one topic");
  });

  test("a client that may do nothing is refused", () => {
    assert.match(clientProblems(topics, { a: client })[0]?.message ?? "", /granted something/);
  });
});
