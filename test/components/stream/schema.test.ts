// Invalid settings of a manifest. Whether a cloud refuses the same is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import {
  awsStreamSpec,
  gcpStreamSpec,
  onpremStreamSpec,
  streamSettings,
  streamSpec,
} from "../../../components/stream/schema.ts";
import { awsSpec, gcpSpec, onpremSpec } from "./fixture.ts";

const schemas = { aws: awsStreamSpec, gcp: gcpStreamSpec, onprem: onpremStreamSpec };
const specs = { aws: awsSpec, gcp: gcpSpec, onprem: onpremSpec };
type Cloud = keyof typeof specs;

const problems = (cloud: Cloud, change: Record<string, unknown>) =>
  checkSpec(schemas[cloud], { ...specs[cloud], ...change }, "m").problems.map(
    ({ path, message }) => `${path}: ${message}`,
  );

const clouds: Cloud[] = ["aws", "gcp", "onprem"];

describe("on every cloud", () => {
  for (const cloud of clouds) {
    test(`the settings of the fixture are valid on ${cloud}`, () => {
      assert.deepEqual(problems(cloud, {}), []);
      assert.equal(streamSpec.parse(specs[cloud]).cloud, cloud);
      const { topics } = specs[cloud];
      assert.ok(cloud === "gcp" || streamSettings[cloud].safeParse({ topics }).success);
    });

    test(`more replicas than brokers are refused on ${cloud}`, () => {
      assert.deepEqual(
        problems(cloud, { clients: {}, topics: { orders: { replicationFactor: 5 } } }),
        ["m: topics.orders.replicationFactor: must be at most the number of brokers, 3"],
      );
    });

    test(`a grant of everything, or of an unknown topic, is refused on ${cloud}`, () => {
      const [everything] = problems(cloud, { clients: { a: { consume: ["*"] } } });
      assert.match(
        everything ?? "",
        /^m: clients\.a\.consume\[0\]: must be the name of a topic, or a prefix/,
      );
      const [unknown] = problems(cloud, { clients: { a: { produce: ["order.events"] } } });
      assert.match(
        unknown ?? "",
        /produce\[0\]: must be a topic of this stream, did you mean "orders\.events"/,
      );
    });

    test(`all problems are reported together on ${cloud}`, () => {
      const found = problems(cloud, {
        topics: { Bad_Name: {}, "a.b": { partitions: 0, retention: "soon" } },
        clients: {},
      });
      assert.equal(found.length, 3, found.join("\n"));
    });
  }
});

describe("unsupported settings", () => {
  test("MSK has no client quotas, and no principals except IAM", () => {
    const client = { consume: ["orders.*"], quota: { consume: "1 MiB" }, principal: "a@b.example" };
    const [quota, principal] = problems("aws", { clients: { a: client } });
    assert.match(quota ?? "", /^m: clients\.a\.quota: must be omitted on AWS: MSK has no API/);
    assert.match(principal ?? "", /^m: clients\.a\.principal: must be omitted on AWS/);
  });

  test("Managed Kafka has no client quotas and manages tiered storage itself", () => {
    assert.match(
      problems("gcp", {
        clients: { a: { consume: ["orders.*"], quota: { produce: "1 MiB" } } },
      })[0] ?? "",
      /clients\.a\.quota: must be omitted on GCP/,
    );
    assert.match(
      problems("gcp", { clients: {}, topics: { a: { localRetention: "1 day" } } })[0] ?? "",
      /topics\.a\.localRetention: must be omitted on GCP/,
    );
  });

  test("Strimzi has no tiered storage and no external principals", () => {
    assert.match(
      problems("onprem", { clients: {}, topics: { a: { localRetention: "1 day" } } })[0] ?? "",
      /topics\.a\.localRetention: must be omitted on-premises/,
    );
    assert.match(
      problems("onprem", { clients: { a: { consume: ["orders.*"], principal: "x" } } })[0] ?? "",
      /principal: must be omitted on-premises/,
    );
  });
});

describe("AWS", () => {
  test("disks cannot shrink", () => {
    assert.deepEqual(problems("aws", { storage: { size: "1 TiB", growTo: "500 GiB" } }), [
      'm: storage.growTo: must be more than size, "1 TiB"',
    ]);
  });

  test("settings without KRaft, or for Express brokers only, are not supported", () => {
    assert.match(problems("aws", { brokerType: "kafka.t3.small" })[0] ?? "", /m: brokerType: /);
    assert.match(problems("aws", { version: "4.2.x.kraft" })[0] ?? "", /m: version: /);
  });

  test("topics cannot use tiered storage if the cluster has none", () => {
    assert.match(
      problems("aws", { storage: { tiered: false, size: "1 TiB" } })[0] ?? "",
      /^m: topics\.orders\.archive\.localRetention: must be omitted while storage\.tiered is false/,
    );
  });

  test("a topic with tiered storage has a retention of at least three days", () => {
    const topics = { a: { retention: "2 days", localRetention: "1 day" } };
    assert.match(
      problems("aws", { topics, clients: {} })[0] ?? "",
      /^m: topics\.a\.retention: must be at least "3 days"/,
    );
  });

  test("the broker size limits partitions", () => {
    const many = { topics: { a: { partitions: 1500 } }, clients: {} };
    assert.match(
      problems("aws", many)[0] ?? "",
      /at most 3000 partition replicas, 1000 on each of 3 brokers \(kafka\.m7g\.large\)/,
    );
    assert.deepEqual(problems("aws", { ...many, brokerType: "kafka.m7g.2xlarge" }), []);
  });

  test("no more brokers than MSK supports", () => {
    assert.deepEqual(problems("aws", { brokersPerZone: 20 }), []);
    assert.match(problems("aws", { brokersPerZone: 21 })[0] ?? "", /brokersPerZone/);
  });

  test("a version with ZooKeeper is refused", () => {
    assert.match(problems("aws", { version: "3.7.x" })[0] ?? "", /^m: version: /);
  });
});

describe("GCP", () => {
  test("memory is within the limits per vCPU", () => {
    assert.match(
      problems("gcp", { vcpus: 3, memory: "30 GiB" })[0] ?? "",
      /^m: memory: must be 1 to 8 GiB for each/,
    );
  });

  test("there is an administrator, and an account is used by one client only", () => {
    assert.match(
      problems("gcp", { administrators: [] })[0] ?? "",
      /administrators: must name at least one account/,
    );
    const principal = "shop@acme-shop.iam.gserviceaccount.com";
    const both = {
      a: { consume: ["orders.*"], principal },
      b: { consume: ["orders.*"], principal },
    };
    assert.match(
      problems("gcp", { clients: both })[0] ?? "",
      /clients\.b\.principal: must be used by one client only: "a" already uses it/,
    );
  });

  test("more vCPUs are more brokers, and so allow more replicas", () => {
    const five = { clients: {}, topics: { a: { replicationFactor: 5 } } };
    assert.equal(problems("gcp", { ...five, vcpus: 60, memory: "120 GiB" }).length, 1);
    assert.equal(problems("gcp", { ...five, vcpus: 75, memory: "150 GiB" }).length, 0);
  });
});

describe("on-premises", () => {
  test("retention beyond the brokers' disks is refused", () => {
    const topics = { a: { retention: "30 days", dailyVolume: "20 GiB" } };
    assert.match(
      problems("onprem", { clients: {}, topics })[0] ?? "",
      /^m: topics: must keep at most 255 GiB/,
    );
  });

  test("controllers are an odd number", () => {
    assert.match(problems("onprem", { controllers: { count: 4 } })[0] ?? "", /controllers\.count/);
  });
});
