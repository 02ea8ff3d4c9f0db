// Merged lines of a matrix. Invalid lines are in schema.test.ts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { joined, passages } from "../../../components/connectivity/matrix.ts";
import { line } from "./fixture.ts";

describe("a matrix", () => {
  test("merges its lines", () => {
    const [passage, ...others] = passages([
      { ...line("a", "b", 443, "9092-9094"), why: "events" },
      { ...line("a", "b", "9095-9098", 80), why: "pages" },
    ]);
    assert.deepEqual(others, []);
    assert.deepEqual(passage, {
      from: "a",
      to: "b",
      protocol: "tcp",
      ports: [
        { first: 80, last: 80 },
        { first: 443, last: 443 },
        { first: 9092, last: 9098 },
      ],
      why: "events; pages",
    });
  });

  test("keeps every port of any ranges, sorted and disjoint", () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 9 }))
      .map(([first, more]) => ({ first, last: first + more }));
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const done = joined(ranges);
        for (let port = 1; port <= 70; port++) {
          const inside = ({ first, last }: (typeof ranges)[number]) =>
            first <= port && port <= last;
          assert.equal(done.some(inside), ranges.some(inside));
        }
        done.forEach(({ last }, at) => {
          const next = done[at + 1];
          assert.ok(next === undefined || next.first > last + 1);
        });
      }),
    );
  });
});
