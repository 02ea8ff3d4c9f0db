// Rejected settings, and pure planning functions. Does not prove the stated capacities of the clouds.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { permissions } from "../../../components/cache/access.ts";
import { capacityOf, dataProblem, sizes } from "../../../components/cache/capacity.ts";
import { awsCacheSpec, gcpCacheSpec, onpremCacheSpec } from "../../../components/cache/schema.ts";
import { clouds } from "../../../components/core/cloud.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { awsSpec, gcpSpec, onpremSpec } from "./fixture.ts";

const targets = {
  aws: { schema: awsCacheSpec, spec: awsSpec },
  gcp: { schema: gcpCacheSpec, spec: gcpSpec },
  onprem: { schema: onpremCacheSpec, spec: onpremSpec },
} as const;

describe("invalid settings of a cache", () => {
  const cases: [string, keyof typeof targets, Record<string, unknown>, RegExp][] = [
    [
      "a size too small for its data",
      "aws",
      { dataGiB: 20 },
      /^spec: dataGiB: must be at most 2, the capacity of size "small"; size "large" holds 29$/,
    ],
    ["more data than any size holds", "onprem", { dataGiB: 500 }, /no size holds more than 42$/],
    ["a single copy", "gcp", { replicas: 0 }, /^spec: replicas: /],
    [
      "more copies than Memorystore makes of one shard",
      "gcp",
      { replicas: 3 },
      /^spec: replicas: must be at most 2 for size "small", which has one shard; size "large" allows more$/,
    ],
    [
      "a major that the cloud lacks",
      "aws",
      { version: "9" },
      /^spec: version: must be a version that ElastiCache supports: "8"$/,
    ],
    [
      "a version as a number",
      "gcp",
      { version: 8 },
      /^spec: version: must be in quotes: "8" or "9"$/,
    ],
    ["users where IAM knows them", "gcp", { users: { app: {} } }, /^spec: users: unknown field/],
    [
      "snapshots where there are none",
      "onprem",
      { snapshots: { retentionDays: 7 } },
      /^spec: snapshots: unknown field/,
    ],
    ["nobody who may use it", "aws", { users: {} }, /^spec: users: must have at least one user/],
    [
      "a user whom the cache keeps to itself",
      "onprem",
      { users: { default: {} } },
      /^spec: users: must not name "default"/,
    ],
    [
      "a pattern that smuggles in a permission",
      "aws",
      { users: { app: { keys: ["* +@all"] } } },
      /^spec: users\.app\.keys\[0\]: must be a pattern of keys/,
    ],
    [
      "no passwords",
      "onprem",
      { passwordsSecret: undefined },
      /^spec: passwordsSecret: is required/,
    ],
    ["an unknown eviction", "aws", { eviction: "lru" }, /^spec: eviction: must be one of/],
  ];
  for (const [what, cloud, change, expected] of cases) {
    test(what, () => {
      const { schema, spec } = targets[cloud];
      const { problems } = checkSpec(schema, { ...spec, ...change }, "spec");
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, expected);
    });
  }

  test("shards on Memorystore have up to five replicas each", () => {
    const spec = { ...gcpSpec, size: "large", replicas: 5 };
    assert.deepEqual(checkSpec(gcpCacheSpec, spec, "spec").problems, []);
  });

  test("the smallest specs are valid", () => {
    for (const { schema, spec } of Object.values(targets)) {
      assert.deepEqual(checkSpec(schema, spec, "spec").problems, []);
    }
  });
});

describe("capacity", () => {
  test("grows from one size to the next", () => {
    for (const cloud of clouds) {
      const held = sizes.map((size) => capacityOf(cloud, size).dataGiB);
      assert.deepEqual(
        held,
        [...new Set(held)].sort((a, b) => a - b),
      );
    }
  });

  test("a size is rejected exactly when it holds less, and the message names a size that holds it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...clouds),
        fc.constantFrom(...sizes),
        fc.integer({ min: 1, max: 200 }),
        (cloud, size, dataGiB) => {
          const problem = dataProblem(cloud, size, dataGiB);
          assert.equal(problem !== undefined, dataGiB > capacityOf(cloud, size).dataGiB);
          const cure = /; size "(\w+)"/.exec(problem ?? "")?.[1];
          const named = sizes.find((each) => each === cure);
          if (named) assert.equal(dataProblem(cloud, named, dataGiB), undefined);
        },
      ),
    );
  });
});

test("no user has all or dangerous permissions", () => {
  fc.assert(
    fc.property(fc.constantFrom("read", "read-write" as const), (access) => {
      const words = permissions({ access: access as "read", keys: ["a:*"] }).split(" ");
      assert.ok(!words.includes("+@all") && !words.includes("&*"));
      assert.ok(words.indexOf("-@all") < words.indexOf("+@read"));
      assert.equal(words.at(-1), "-@dangerous");
    }),
  );
});
