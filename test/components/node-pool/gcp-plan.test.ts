/** Does not prove that GKE's autoscaler follows the plan with insufficient capacity. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  computeClassSpec,
  initialPerZone,
  planNodePools,
} from "../../../components/node-pool/gcp-plan.ts";
import type { GcpPool } from "../../../components/node-pool/gcp-schema.ts";
import { volumeParameters } from "../../../components/node-pool/gcp-volumes.ts";

const pool = (changed: Partial<GcpPool> = {}): GcpPool => ({
  class: "stateless",
  capacity: "on-demand",
  size: { min: 3, max: 9 },
  architectures: ["amd64"],
  vcpus: { min: 4, max: 32 },
  diskGiB: 100,
  confidential: false,
  labels: {},
  taints: {},
  networkTags: [],
  ...changed,
});

const shortly = (pools: Record<string, GcpPool>, zones = 3) =>
  planNodePools(pools, zones).map(({ key, machine, min, max }) => [key, machine.type, min, max]);

describe("plan of node pools", () => {
  test("an on-demand pool is one node pool of the best series", () => {
    assert.deepEqual(shortly({ data: pool() }), [["data-ondemand-n4", "n4-standard-8", 3, 9]]);
  });

  test("a spot pool is one node pool for each of two series, and the first has the minimum size", () => {
    assert.deepEqual(shortly({ batch: pool({ capacity: "spot", class: "batch" }) }), [
      ["batch-spot-n4", "n4-standard-8", 3, 9],
      ["batch-spot-n2d", "n2d-standard-8", 0, 9],
    ]);
  });

  test("with fallback it is both, and the on-demand one has the minimum size", () => {
    assert.deepEqual(
      shortly({
        web: pool({ capacity: "spot-with-fallback", architectures: ["arm64", "amd64"] }),
      }),
      [
        ["web-spot-c4a", "c4a-standard-8", 0, 9],
        ["web-spot-n4a", "n4a-standard-8", 0, 9],
        ["web-spot-n4", "n4-standard-8", 0, 9],
        ["web-spot-n2d", "n2d-standard-8", 0, 9],
        ["web-ondemand-c4a", "c4a-standard-8", 3, 9],
      ],
    );
  });

  test("names are unique and at most 40 characters, as GKE requires", () => {
    const longest = "a".repeat(20);
    const plans = planNodePools(
      {
        [longest]: pool({ capacity: "spot-with-fallback", architectures: ["amd64", "arm64"] }),
        [`${"a".repeat(19)}b`]: pool({ capacity: "spot" }),
      },
      3,
    );
    const keys = plans.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
    for (const key of keys) assert.match(key, /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/);
  });

  test("the initial size is the minimum or slightly more, and never exceeds the maximum", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 4 }),
        (a, b, zones) => {
          const [min, max] = [Math.min(a, b), Math.max(a, b)];
          const nodes = initialPerZone(min, max, zones) * zones;
          assert.ok(nodes <= max);
          assert.ok(Math.abs(nodes - min) < zones);
          if (nodes < min) assert.ok(nodes + zones > max);
        },
      ),
    );
  });
});

describe("compute class", () => {
  const fallback = pool({ capacity: "spot-with-fallback" });
  const plans = planNodePools({ web: fallback }, 3);

  test("spot comes first, with any series that has capacity, then on-demand", () => {
    assert.deepEqual(computeClassSpec(fallback, plans), {
      priorities: [
        { nodepools: ["web-spot-n4", "web-spot-n2d"] },
        { nodepools: ["web-ondemand-n4"] },
      ],
      activeMigration: { optimizeRulePriority: true },
      autoscalingPolicy: { consolidationDelayMinutes: 10 },
      nodePoolAutoCreation: { enabled: false },
      whenUnsatisfiable: "DoNotScaleUp",
    });
  });

  test("jobs are not moved to cheaper nodes", () => {
    const spec = computeClassSpec({ ...fallback, class: "batch" }, plans);
    assert.equal(spec.activeMigration.optimizeRulePriority, false);
  });
});

describe("volumes", () => {
  test("from 1.35 on GKE selects a disk type that the node supports", () => {
    assert.equal(volumeParameters("1.35", []).type, "dynamic");
    assert.equal(volumeParameters("1.36", [])["hyperdisk-type"], "hyperdisk-balanced");
  });

  test("before 1.35, volumes use the disk type of on-demand nodes", () => {
    const older = planNodePools(
      { batch: pool({ capacity: "spot" }), data: pool({ families: ["n2d"] }) },
      3,
    );
    assert.deepEqual(volumeParameters("1.34", older), { type: "pd-balanced" });
    const newer = planNodePools({ data: pool() }, 3);
    assert.deepEqual(volumeParameters("1.34", newer), { type: "hyperdisk-balanced" });
  });
});
