// Addresses of data services in the isolated subnets of a cell on AWS, as manifests are read. That a service takes exactly these is known
// from the listed sources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { awsCacheAddresses } from "../../../components/cache/capacity.ts";
import { awsDatabaseAddresses } from "../../../components/database/capacity.ts";
import { eventSourcing } from "../../../components/event-sourcing/section.ts";
import { awsNetworkProblems } from "../../../components/network/aws-existing-checks.ts";
import { addressesOf, servicesIn } from "../../../components/network/data-demand.ts";
import { awsRoom } from "../../../components/network/node-demand.ts";
import { awsNodesIn } from "../../../components/network/node-room.ts";
import { awsNetworkSchema } from "../../../components/network/schema.ts";
import { all, aws, refusals, set } from "../../support/sample.ts";
import * as awsExisting from "./aws-existing-fixture.ts";

describe("a zone", () => {
  test("has the nodes of every shard of a cache that it can have", () => {
    assert.deepEqual(awsCacheAddresses({ size: "small", replicas: 1 }, 3), { isolated: 1 });
    assert.deepEqual(awsCacheAddresses({ size: "xlarge", replicas: 5 }, 3), { isolated: 10 });
    assert.deepEqual(awsCacheAddresses({ size: "xlarge", replicas: 5 }, 2), { isolated: 15 });
  });

  test("has its share of a database's instances and of the proxy's addresses", () => {
    const of = (size: "small" | "xlarge", readReplicas: number, proxy: boolean) =>
      awsDatabaseAddresses({ size, readReplicas, proxy }, 3).isolated;
    assert.equal(of("small", 1, false), 1);
    assert.equal(of("small", 1, true), 1 + 4);
    assert.equal(of("xlarge", 15, true), 6 + 15);
  });
});

describe("an isolated subnet", () => {
  test("has all addresses for services but 21", () => {
    assert.equal(servicesIn("10.32.0.0/25"), 107);
    assert.equal(servicesIn("10.32.0.0/28"), 0);
  });

  const caches = (count: number) =>
    set(
      "caches",
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`c${index}`, { size: "xlarge", replicas: 5 }]),
      ),
    );
  const pool = (cls: string, max: number) => ({
    class: cls,
    capacity: "on-demand",
    size: { min: cls === "system" ? 1 : 0, max },
  });
  const read = (cidr: string, count: number) =>
    refusals(
      {
        [aws]: all(
          set("cidr", cidr),
          set("nodePools", { system: pool("system", 3), web: pool("stateless", 3) }),
          (manifest) => {
            for (const field of ["database", "cache", "stream", "eventSourcing", "identity"])
              delete manifest[field];
          },
          caches(count),
        ),
      },
      aws,
    ).filter((line) => line.includes(": cidr:"));

  test("of a cell of /21 has the nodes of 10 large caches, and not of 11", () => {
    assert.deepEqual(read("10.32.0.0/21", 10), []);
    const [said, ...more] = read("10.32.0.0/21", 11);
    assert.deepEqual(more, []);
    assert.match(
      String(said),
      /cidr: must be a \/20 at least: an isolated subnet of a \/21 has 107 addresses for data services, which need up to 110 in one zone: caches\.c0 10, .*caches\.c10 10 \(got "10\.32\.0\.0\/21"\)$/,
    );
    assert.deepEqual(read("10.32.0.0/20", 23), []);
    assert.match(read("10.32.0.0/20", 24).join(), /must be a \/19 at least: .* has 235 addresses/);
  });

  test("counts the brokers, instances and proxies of a cell", () => {
    const stream = set("stream", { topics: {}, brokersPerZone: 20 });
    const databases = set(
      "databases",
      Object.fromEntries(
        ["a", "b", "c", "d", "e"].map((key) => [
          key,
          { databaseName: key, size: "xlarge", readReplicas: 15 },
        ]),
      ),
    );
    const lines = refusals({ [aws]: all(set("cidr", "10.32.0.0/21"), stream, databases) }, aws);
    assert.match(
      lines.find((line) => line.includes(": cidr:")) ?? lines.join("\n"),
      /need up to \d+ in one zone: .*stream 20, .*databases\.a 21, databases\.b 21/,
    );
  });

  test("of an existing network must have them too", () => {
    const problems = (prefix: number, services: Record<string, number>) => {
      const facts = awsExisting.suitableFacts();
      for (const { isolated: id } of Object.values(awsExisting.existing.subnets)) {
        const found = facts.subnets[id]!;
        assert.ok("facts" in found);
        const cidr = found.facts.cidr.replace(/\d+$/, String(prefix));
        Object.assign(found.facts, { cidr });
      }
      return awsNetworkProblems(awsExisting.spec, facts, undefined, services).map(
        ({ path, message }) => `${path}: ${message}`,
      );
    };
    assert.deepEqual(problems(26, { cache: 10, database: 33 }), []);
    const zones = Object.keys(awsExisting.existing.subnets);
    assert.deepEqual(
      problems(26, { cache: 10, database: 34 }),
      zones.map(
        (zone) =>
          `existing.subnets.${zone}.isolated: must be larger: it has 43 addresses for data services, which need up to 44 in one zone: cache 10, database 34`,
      ),
    );
  });
});

describe("a private subnet", () => {
  test("of a cell has a prefix for the resolvers of an environment with domains, and room for workers", () => {
    const room = (privateDomains: string[], workers = 0) =>
      awsRoom(
        awsNetworkSchema.parse({
          cloud: "aws",
          account: "111122223333",
          region: "us-east-1",
          cidr: "10.32.0.0/20",
          clusterName: "prod-aws-use1",
          privateDomains,
        }),
        workers,
      ).fits;
    assert.equal(room([]), 42);
    assert.equal(room(["cells.acme.example"]), 39);
    assert.equal(room([], 11), 39);
  });

  test("has two workers of a connector, while one is replaced", () => {
    const of = (outbox: object | undefined) =>
      addressesOf(
        {
          sections: [
            { section: eventSourcing, path: "eventSourcing", key: undefined, spec: { outbox } },
          ],
        },
        "private",
        3,
      );
    assert.deepEqual(of({}), { eventSourcing: 2 });
    assert.deepEqual(of(undefined), {});
  });

  test("has the services of an existing network that has no isolated one", () => {
    const { existing, ...spec } = awsExisting.spec;
    const subnets = Object.fromEntries(
      Object.entries(existing.subnets).map(([zone, { isolated: _, ...rest }]) => [zone, rest]),
    );
    const problems = (services: Record<string, number>) =>
      awsNetworkProblems(
        { ...spec, existing: { ...existing, subnets } },
        facts,
        { nodes: 12 },
        services,
      ).map(({ path }) => path);
    const facts = awsExisting.suitableFacts();
    for (const { private: id } of Object.values(existing.subnets)) {
      const found = facts.subnets[id]!;
      assert.ok("facts" in found);
      Object.assign(found.facts, { cidr: found.facts.cidr.replace(/\d+$/, "24") });
    }
    assert.deepEqual(problems({ cache: 27 }), []);
    assert.deepEqual(problems({ cache: 28 }), ["nodePools"]);
  });

  test("has fewer nodes with resolver endpoints and workers of connectors", () => {
    // A /24 has 16 prefixes: twelve of six nodes, and three with their addresses, nine endpoints and 31 other addresses.
    const nodes = (addresses: number, prefixes?: number) =>
      awsNodesIn(["10.32.0.0/24"], { addresses, ...(prefixes !== undefined && { prefixes }) });
    assert.equal(nodes(9), 6);
    assert.equal(nodes(9, 1), 6);
    assert.equal(nodes(9 + 2, 1), 6);
    assert.equal(nodes(9 + 3, 1), 5);
    assert.equal(nodes(9 + 18), 6);
    assert.equal(nodes(9 + 19), 5);
  });
});
