// An on-premises network is data. Whether it matches the site is not proven here.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { contains, overlaps, split } from "../../../components/core/cidr.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { createNetwork } from "../../../components/network/network.ts";
import { planOnprem } from "../../../components/network/plan.ts";
import { platformNames } from "../../../components/network/registries.ts";
import { onpremNetworkSchema } from "../../../components/network/schema.ts";
import { inventory } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";

test("it creates no resources and has its plan as output", async () => {
  const resources = await inventory(() =>
    createNetwork("network", {
      cloud: "onprem",
      spec: {
        cloud: "onprem",
        cidr: "10.40.0.0/16",
        egress: {
          allow: ["api.example.com"],
          to: { registry: { cidrs: ["203.0.113.0/24"], ports: [443] } },
        },
      },
      ownership,
    }),
  );
  assert.deepEqual(
    resources.map(({ type }) => type),
    ["atoll:network:OnpremNetwork"],
  );
  assert.deepEqual(resources[0]?.outputs?.plan, {
    cidr: "10.40.0.0/16",
    pods: "10.40.0.0/17",
    nodes: "10.40.128.0/18",
    services: "10.40.192.0/20",
    loadBalancers: "10.40.208.0/22",
    egress: {
      names: [...platformNames("onprem"), "api.example.com"],
      to: { registry: { cidrs: ["203.0.113.0/24"], protocol: "tcp", ports: [443] } },
    },
    room: { addresses: 65536, free: 11264, largestFree: 19 },
  });
});

test("for any ranges of a site, the plan has no overlaps or a problem is reported", () => {
  const inside = fc.tuple(fc.integer({ min: 17, max: 24 }), fc.nat()).map(([prefix, pick]) => {
    const blocks = split("10.40.0.0/16", prefix);
    return blocks[pick % blocks.length]!;
  });
  const site = fc.record(
    { nodeCidr: inside, podCidr: inside, serviceCidr: inside, loadBalancerCidr: inside },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(site, (given) => {
      const { spec, problems } = checkSpec(
        onpremNetworkSchema,
        { cloud: "onprem", cidr: "10.40.0.0/16", ...given },
        "n",
      );
      if (spec === undefined) {
        assert.ok(problems.every(({ message }) => /overlap|no free/.test(message)));
        return;
      }
      const { nodes, pods, services, loadBalancers } = planOnprem(spec);
      const ranges = [nodes, pods, services, loadBalancers];
      for (const [i, range] of ranges.entries()) {
        assert.ok(contains("10.40.0.0/16", range));
        for (const other of ranges.slice(i + 1)) assert.ok(!overlaps(range, other));
      }
    }),
  );
});
