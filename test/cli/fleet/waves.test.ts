import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { stops, wavesOf } from "../../../cli/fleet/waves.ts";

const fleet = (count: number, ring = 1) =>
  Array.from({ length: count }, (_, index) => ({
    stack: `prod.t${String(index).padStart(4, "0")}`,
    ring,
  }));

describe("waves", () => {
  test("are one tenant, up to 10 %, up to 50 %, and all", () => {
    assert.deepEqual(
      wavesOf(fleet(200)).map(({ length }) => length),
      [1, 19, 80, 100],
    );
    assert.deepEqual(
      wavesOf(fleet(3)).map(({ length }) => length),
      [1, 1, 1],
    );
    assert.deepEqual(wavesOf(fleet(1)), [["prod.t0000"]]);
    assert.deepEqual(wavesOf([]), []);
  });

  test("take lower rings first", () => {
    const [first] = wavesOf([...fleet(5), { stack: "prod.zebra", ring: 0 }]);
    assert.deepEqual(first, ["prod.zebra"]);
  });

  test("have every tenant once, in order of rings", () => {
    const member = fc.record({ stack: fc.uuid(), ring: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.uniqueArray(member, { selector: ({ stack }) => stack }), (members) => {
        const order = wavesOf(members).flat();
        assert.deepEqual([...order].sort(), members.map(({ stack }) => stack).sort());
        const rings = order.map((stack) => members.find((it) => it.stack === stack)!.ring);
        assert.deepEqual(
          rings,
          [...rings].sort((a, b) => a - b),
        );
      }),
    );
  });

  test("stop above the share of failures, not at it", () => {
    assert.equal(stops(1, 10, 10), false);
    assert.equal(stops(2, 10, 10), true);
    assert.equal(stops(1, 1, 10), true);
    assert.equal(stops(0, 1, 0), false);
  });
});
