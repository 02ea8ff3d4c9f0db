// Does not prove that EC2 has capacity, or that the families are offered in a region.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import {
  type KarpenterPool,
  nodePoolSpec,
} from "../../../components/node-pool/aws-karpenter-pool.ts";
import { awsNodePoolsSpec } from "../../../components/node-pool/schema.ts";
import { pools, spec } from "./aws-fixture.ts";

/** The problems of one pool with these changes, one line each. */
function problems(key: keyof typeof pools, changes: Record<string, unknown>): string[] {
  const changed = { ...spec(), pools: { ...pools, [key]: { ...pools[key], ...changes } } };
  return checkSpec(awsNodePoolsSpec, changed, "nodePools").problems.map(
    ({ path, message }) => `${path.replace("nodePools: pools.", "")}: ${message}`,
  );
}

describe("the node pools of an AWS cell", () => {
  test("have defaults for omitted fields", () => {
    const { spec: parsed } = checkSpec(awsNodePoolsSpec, spec(), "nodePools");
    assert.deepEqual(parsed?.pools.batch, {
      class: "batch",
      capacity: "spot",
      size: { min: 0, max: 60 },
      architectures: ["amd64"],
      labels: {},
      taints: {},
      vcpus: { min: 2, max: 32 },
    });
  });

  test("have 80 labels, which are requirements of nodes beside those of the pool", () => {
    const labels = (count: number) => ({
      labels: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`acme.example/l${index}`, "x"]),
      ),
    });
    assert.deepEqual(problems("batch", labels(80)), []);
    assert.match(problems("batch", labels(81)).join(), /^batch\.labels: must be at most 80: /);
    assert.deepEqual(problems("system", labels(81)), []);
    const { spec: parsed } = checkSpec(
      awsNodePoolsSpec,
      { ...spec(), pools: { ...pools, batch: { ...pools.batch, ...labels(80) } } },
      "nodePools",
    );
    const batch = parsed?.pools.batch;
    assert.ok(batch);
    const { template } = nodePoolSpec("batch", batch as KarpenterPool, "atoll");
    const own = Object.keys(template.metadata.labels).length + template.spec.requirements.length;
    // NodePool, node class, instance type and zone are added for a node.
    assert.ok(own + 4 <= 100, String(own));
  });

  test("do not change when parsed twice", () => {
    const once = checkSpec(awsNodePoolsSpec, spec(), "nodePools").spec;
    assert.deepEqual(checkSpec(awsNodePoolsSpec, once, "nodePools").spec, once);
  });

  const refusals: [string, keyof typeof pools, Record<string, unknown>, RegExp][] = [
    [
      "stateful on spot",
      "data",
      { capacity: "spot" },
      /^data\.capacity: must be "on-demand" for the class "stateful"/,
    ],
    [
      "stateful on spot with fallback",
      "data",
      { capacity: "spot-with-fallback" },
      /^data\.capacity: must be "on-demand"/,
    ],
    ["system on spot", "system", { capacity: "spot" }, /^system\.capacity: must be "on-demand"/],
    [
      "min above max",
      "system",
      { size: { min: 7, max: 6 } },
      /^system\.size\.min: must not be greater than max/,
    ],
    [
      "a system pool without nodes",
      "system",
      { size: { min: 0, max: 6 } },
      /^system\.size\.min: must be at least 1/,
    ],
    [
      "a pool that can have no nodes",
      "batch",
      { size: { min: 0, max: 0 } },
      /^batch\.size\.max: must be at least 1/,
    ],
    [
      "a minimum size that Karpenter does not support",
      "data",
      { size: { min: 3, max: 9 } },
      /^data\.size\.min: must be 0: Karpenter/,
    ],
    [
      "an unknown architecture",
      "batch",
      { architectures: ["riscv"] },
      /^batch\.architectures\[0\]: must be one of/,
    ],
    [
      "an architecture twice",
      "batch",
      { architectures: ["amd64", "amd64"] },
      /^batch\.architectures: must name each architecture once/,
    ],
    [
      "two architectures for a system pool",
      "system",
      { architectures: ["amd64", "arm64"] },
      /^system\.architectures: must be one architecture/,
    ],
    [
      "taints on a system pool",
      "system",
      { taints: { "example.com/quiet": { effect: "NoSchedule" } } },
      /^system\.taints: must be empty for the class "system"/,
    ],
    ["an unknown family", "batch", { families: ["m99x"] }, /^batch\.families\[0\]: must be one of/],
    [
      "too few types for spot",
      "batch",
      { families: ["m7i"] },
      /^batch\.families: must allow at least 15 instance types for "spot", and allows 5/,
    ],
    [
      "sizes that no type has",
      "data",
      { vcpus: { min: 5, max: 7 } },
      /^data\.vcpus: must allow at least 1 instance types/,
    ],
    [
      "families of another architecture",
      "data",
      { families: ["m7i"] },
      /^data\.families: must allow at least 1/,
    ],
    [
      "a taint without a valid effect",
      "batch",
      { taints: { a: { effect: "Never" } } },
      /^batch\.taints\.a\.effect: must be one of/,
    ],
    [
      "a reserved label of Kubernetes",
      "batch",
      { labels: { "node.kubernetes.io/x": "1" } },
      /^batch\.labels\.node\.kubernetes\.io\/x: the name must not be in a domain/,
    ],
    [
      "an invalid label value",
      "batch",
      { labels: { team: "a b" } },
      /^batch\.labels\.team: must be a Kubernetes label value/,
    ],
    [
      "an unknown time zone",
      "general",
      { businessHours: { timeZone: "Europe/Berlino" } },
      /^general\.businessHours\.timeZone: must be an IANA time zone.*did you mean "Europe\/Berlin"/,
    ],
    [
      "business hours for system nodes",
      "system",
      { businessHours: { timeZone: "Europe/Berlin" } },
      /^system\.businessHours: is not supported/,
    ],
    [
      "an unknown field",
      "batch",
      { famillies: [] },
      /^batch\.famillies: unknown field, did you mean "families"/,
    ],
  ];
  for (const [what, key, changes, message] of refusals) {
    test(`refuse ${what}`, () => {
      const found = problems(key, changes);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(String(found[0]), message);
    });
  }

  test("are refused without a system pool, and with an invalid key", () => {
    const { system, ...others } = pools;
    assert.ok(system);
    const without = checkSpec(awsNodePoolsSpec, { ...spec(), pools: others }, "nodePools");
    assert.match(String(without.problems[0]?.message), /must have a pool of the class "system"/);
    const named = checkSpec(
      awsNodePoolsSpec,
      { ...spec(), pools: { ...pools, "Big Pool": pools.batch } },
      "nodePools",
    );
    assert.match(String(named.problems[0]?.message), /must be a key of 1 to 20 lower case letters/);
  });

  test("report all problems together", () => {
    const wrong = {
      ...spec(),
      pools: {
        ...pools,
        data: { ...pools.data, capacity: "spot" },
        batch: { ...pools.batch, size: { min: 4, max: 2 } },
      },
    };
    const paths = checkSpec(awsNodePoolsSpec, wrong, "nodePools").problems.map(({ path }) => path);
    assert.deepEqual(paths.sort(), [
      "nodePools: pools.batch.size.min",
      "nodePools: pools.data.capacity",
    ]);
  });
});
