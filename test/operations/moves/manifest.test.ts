// What a move writes at each stage.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fieldsAfter, fieldsAt } from "../../../operations/moves/manifest.ts";
import type { MovePlan } from "../../../operations/moves/step.ts";

const split = { section: "database", cell: "a", from: "pool", to: "silo", lost: "" };
const plan: MovePlan = {
  tenant: "prod.acme",
  what: "tier",
  from: "basic",
  to: "enterprise",
  steps: [],
  back: [],
  sections: [{ ...split, how: "beside" }],
};
const move = {
  what: "tier",
  from: "basic",
  to: "enterprise",
  since: "2026-12-01",
  stage: "stopped",
  done: [],
  state: "active",
} as const;

describe("a move", () => {
  test("counts what it recreates at the cut-over, and takes it back in a roll-back", () => {
    const at = fieldsAt(plan, { cells: ["a"], builds: {} }, { ...move, done: [] }, "cut-over");
    assert.equal(at.tier, "enterprise");
    assert.equal(at.state, undefined);
    assert.deepEqual(at.builds, { database: 2 });
    const back = fieldsAt(
      plan,
      { cells: ["a"], builds: { database: 2 } },
      { ...move, done: [], stage: "cut-over" },
      "build",
    );
    assert.equal(back.tier, "basic");
    assert.equal(back.builds, undefined);
  });

  test("stops the tenant, and leaves one that was suspended suspended", () => {
    const tenant = { cells: ["a"], builds: {} };
    assert.equal(fieldsAt(plan, tenant, { ...move, done: [] }, "stopped").state, "suspended");
    assert.equal(
      fieldsAt(plan, tenant, { ...move, done: [], state: "suspended" }, "cut-over").state,
      "suspended",
    );
  });

  test("to another cell has both, the one in use first, and at its end only one", () => {
    const cell = { ...plan, what: "cell", from: "a", to: "b" } as const;
    const given = { ...move, what: "cell", from: "a", to: "b", done: [] } as const;
    const tenant = { cells: ["a"], builds: {} };
    assert.deepEqual(fieldsAt(cell, tenant, { ...given, done: [] }, "build").cells, ["a", "b"]);
    const both = { cells: ["a", "b"], builds: {} };
    assert.deepEqual(fieldsAt(cell, both, { ...given, done: [] }, "cut-over").cells, ["b", "a"]);
    const after = fieldsAfter(cell, both, { ...given, done: [], stage: "ending" });
    assert.deepEqual([after.cell, after.cells, after.moving], ["b", undefined, undefined]);
  });
});
