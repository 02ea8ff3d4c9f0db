// What these tests cannot prove: that a real cloud lets go of what its own deletion protection still holds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exportState } from "../../../cli/engine/exported-state.ts";
import { liftInState, withoutProtection } from "../../../cli/engine/lift.ts";
import { fixtureProject, open, runAll } from "./fixture.ts";

test("nothing is protected or retained after lifting, and all else of the state is kept", () => {
  const lifted = withoutProtection({
    deployment: {
      resources: [
        { urn: "urn:a", protect: true, retainOnDelete: true },
        { urn: "urn:b", retainOnDelete: true },
        { urn: "urn:c" },
      ],
      pending_operations: [],
    },
  });
  assert.deepEqual(lifted, {
    deployment: {
      resources: [{ urn: "urn:a" }, { urn: "urn:b" }, { urn: "urn:c" }],
      pending_operations: [],
    },
  });
});

test("a state without protection is left alone", () => {
  assert.equal(withoutProtection({ deployment: { resources: [{ urn: "urn:a" }] } }), undefined);
  assert.equal(withoutProtection({}), undefined);
});

test("the engine takes back a state whose protection was lifted", async (t) => {
  const session = await open(t, fixtureProject(t));
  await runAll(session, { operation: "up" });
  const { stderr, code } = await session.pulumi([
    "state",
    "protect",
    "--all",
    "--stack",
    "sample",
    "--yes",
  ]);
  assert.equal(code, 0, stderr);
  const before = await exportState(session, "sample");
  const count = before.deployment?.resources?.length;
  assert.ok(before.deployment?.resources?.some(({ protect }) => protect));
  await liftInState(session, ["sample"]);
  const after = await exportState(session, "sample");
  assert.ok(after.deployment?.resources?.every(({ protect }) => !protect));
  assert.equal(after.deployment?.resources?.length, count);
});
