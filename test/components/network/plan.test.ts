// Address arithmetic. Whether a cloud accepts subnets of these sizes is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  addressesIn,
  type Cidr,
  contains,
  nextFree,
  overlapping,
  overlaps,
  prefixOf,
  roomIn,
} from "../../../components/core/cidr.ts";
import {
  type OnpremNetworkSpec,
  onpremNetworkSchema,
} from "../../../components/network/onprem-schema.ts";
import { onpremProblems, planAws, planGcp, planOnprem } from "../../../components/network/plan.ts";

const region = "us-east-1";
const zones = ["a", "b", "c", "d"].map((letter) => `${region}${letter}`);

/** The ranges of a plan by name. */
function awsRanges(cidr: Cidr, count: number): Record<string, Cidr> {
  return Object.fromEntries(
    planAws({ cidr, region, zones: zones.slice(0, count) }).zones.flatMap((zone) =>
      (["private", "isolated", "public"] as const).map((kind) => [
        `${kind}-${zone.zone}`,
        zone[kind],
      ]),
    ),
  );
}

function gcpRanges(cidr: Cidr): Record<string, Cidr> {
  const { nodes, pods, services, proxies, endpoints } = planGcp({ cidr });
  return { nodes, pods, services, proxies, endpoints };
}

function onpremSpec(cidr: Cidr): OnpremNetworkSpec {
  return onpremNetworkSchema.parse({ cloud: "onprem", cidr });
}

function onpremRanges(cidr: Cidr): Record<string, Cidr> {
  const { nodes, pods, services, loadBalancers } = planOnprem(onpremSpec(cidr));
  return { nodes, pods, services, loadBalancers };
}

const cell = fc.oneof(
  fc.record({
    prefix: fc.integer({ min: 16, max: 21 }),
    ranges: fc.integer({ min: 2, max: 4 }).map((count) => (cidr: Cidr) => awsRanges(cidr, count)),
  }),
  fc.record({ prefix: fc.integer({ min: 11, max: 20 }), ranges: fc.constant(gcpRanges) }),
  fc.record({ prefix: fc.integer({ min: 8, max: 22 }), ranges: fc.constant(onpremRanges) }),
);

test("in any environment no ranges of cells overlap, and each is in its cell's block", () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 12 }), (cells) => {
      const blocks: Record<string, Cidr> = {};
      const ranges: Record<string, Cidr> = {};
      for (const [i, { prefix, ranges: plan }] of cells.entries()) {
        const block = nextFree("10.0.0.0/8", Object.values(blocks), prefix);
        if (block === undefined) continue;
        blocks[`cell-${i}`] = block;
        for (const [key, range] of Object.entries(plan(block))) {
          assert.ok(contains(block, range), `${key} ${range} lies outside ${block}`);
          ranges[`cell-${i}/${key}`] = range;
        }
      }
      assert.deepEqual(overlapping(ranges), []);
    }),
    { numRuns: 200 },
  );
});

test("planned and free ranges add up to the block", () => {
  fc.assert(
    fc.property(cell, ({ prefix, ranges }) => {
      const block = `10.0.0.0/${prefix}`;
      const taken = Object.values(ranges(block)).reduce((sum, cidr) => sum + addressesIn(cidr), 0);
      assert.equal(roomIn(block, Object.values(ranges(block))).free + taken, addressesIn(block));
    }),
  );
});

describe("AWS", () => {
  test("the sample's block is planned as documented", () => {
    const plan = planAws({ cidr: "10.32.0.0/16", region, zones: zones.slice(0, 3) });
    assert.deepEqual(plan.zones[1], {
      zone: "us-east-1b",
      place: 1,
      private: "10.32.64.0/19",
      isolated: "10.32.96.0/20",
      public: "10.32.112.0/22",
    });
    assert.deepEqual(plan.room, { addresses: 65536, free: 25600, largestFree: 18 });
  });

  test("an additional zone moves no existing subnet", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 21 }),
        fc.integer({ min: 2, max: 3 }),
        (prefix, count) => {
          const before = awsRanges(`10.32.0.0/${prefix}`, count);
          const after = awsRanges(`10.32.0.0/${prefix}`, count + 1);
          for (const [key, range] of Object.entries(before)) assert.equal(after[key], range);
        },
      ),
    );
  });

  test("public subnets are large enough for load balancers even in the smallest block", () => {
    const [zone] = planAws({ cidr: "10.32.0.0/21", region, zones }).zones;
    assert.ok(zone && prefixOf(zone.public) <= 27);
  });
});

describe("GCP", () => {
  test("the sample's block is planned as documented", () => {
    const { room, ...plan } = planGcp({ cidr: "10.36.0.0/16" });
    assert.deepEqual(plan, {
      cidr: "10.36.0.0/16",
      pods: "10.36.0.0/17",
      nodes: "10.36.128.0/20",
      services: "10.36.144.0/20",
      proxies: "10.36.160.0/23",
      endpoints: "10.36.162.0/28",
      nodesAtMost: 256,
    });
    assert.equal(room.largestFree, 18);
  });

  test("the proxy-only range meets Google Cloud's minimum in a block of any size", () => {
    for (let prefix = 11; prefix <= 20; prefix++) {
      const { proxies } = planGcp({ cidr: `10.0.0.0/${prefix}` });
      assert.ok(prefixOf(proxies) >= 23 && prefixOf(proxies) <= 26);
    }
  });
});

describe("on-premises", () => {
  test("ranges in the manifest take precedence over planned ones", () => {
    const spec = onpremNetworkSchema.parse({
      cloud: "onprem",
      cidr: "10.40.0.0/16",
      nodeCidr: "10.40.8.0/24",
      podCidr: "10.244.0.0/16",
      serviceCidr: "10.96.0.0/16",
    });
    const plan = planOnprem(spec);
    assert.deepEqual(
      [plan.nodes, plan.pods, plan.services],
      ["10.40.8.0/24", "10.244.0.0/16", "10.96.0.0/16"],
    );
    assert.ok(contains("10.40.0.0/16", plan.loadBalancers));
  });

  test("nodes outside the block and overlapping ranges are reported with their paths", () => {
    const base = onpremSpec("10.40.0.0/16");
    const problems = onpremProblems({ ...base, nodeCidr: "10.50.0.0/24", podCidr: "10.50.0.0/16" });
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["nodeCidr", "nodeCidr"],
    );
    assert.match(problems[0]!.message, /must be in the cell's block 10\.40\.0\.0\/16/);
    assert.match(problems[1]!.message, /must not overlap podCidr/);
    assert.ok(overlaps("10.50.0.0/24", "10.50.0.0/16"));
  });
});
