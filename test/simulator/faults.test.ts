// Planned faults. crash.test.ts proves that the engine survives them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FaultPlan, Faults } from "../../simulator/faults.ts";

const urns = Array.from(
  { length: 200 },
  (_, index) => `urn:pulumi:s::p::aws:ec2/vpc:Vpc::v${index}`,
);
const throttled = (plan: FaultPlan, order: readonly string[]) => {
  const faults = new Faults(plan);
  return order.filter((urn) => {
    try {
      faults.before("create", urn);
      return false;
    } catch {
      return true;
    }
  });
};

test("throttling affects about the requested share of calls, and the same ones in any order", () => {
  const plan = { seed: 7, throttle: 0.25 };
  const hit = throttled(plan, urns);
  assert.ok(hit.length > 25 && hit.length < 75, String(hit.length));
  assert.deepEqual(throttled(plan, urns.toReversed()).sort(), hit.sort());
  assert.notDeepEqual(throttled({ ...plan, seed: 8 }, urns).sort(), hit.sort());
});

test("a throttled call eventually succeeds", () => {
  const faults = new Faults({ throttle: 0.5 });
  const tries = urns.map((urn) => {
    for (let attempt = 1; ; attempt++) {
      try {
        faults.before("update", urn);
        return attempt;
      } catch {
        assert.ok(attempt < 50, urn);
      }
    }
  });
  assert.ok(Math.max(...tries) > 1);
});

test("a fault with a match affects matching calls, with an nth only that call", () => {
  assert.deepEqual(
    throttled({ failAt: { match: "::v7" } }, urns),
    [
      "::v7",
      "::v70",
      "::v71",
      "::v72",
      "::v73",
      "::v74",
      "::v75",
      "::v76",
      "::v77",
      "::v78",
      "::v79",
    ].map((end) => `urn:pulumi:s::p::aws:ec2/vpc:Vpc${end}`),
  );
  assert.deepEqual(throttled({ failAt: { nth: 3 } }, urns), [urns[2]]);
});

test("lack of capacity affects only creations", () => {
  const faults = new Faults({ capacity: { match: "nodeGroup" } });
  const urn = "urn:pulumi:s::p::aws:eks/nodeGroup:NodeGroup::spot";
  assert.throws(() => faults.before("create", urn), /no capacity available/);
  faults.before("update", urn);
  faults.before("delete", urn);
});

test("without a plan nothing fails", () => {
  assert.deepEqual(throttled({}, urns), []);
});

test("an invalid plan is refused", () => {
  assert.throws(() => new Faults({ throttle: 2 }), /throttle/);
  assert.throws(() => new Faults(JSON.parse('{"trottle": 0.1}')), /trottle/);
});
