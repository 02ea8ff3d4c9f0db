// Losses in constructed previews. What these tests cannot prove: that the engine reports them so; protection.e2e.test.ts does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Change } from "../../../cli/engine/events.ts";
import { losses, lossOf, unagreedLossOf } from "../../../cli/engine/protection.ts";

const change = (op: Change["op"], name: string, more: Partial<Change> = {}): Change => ({
  op,
  urn: `urn:pulumi:s::p::aws:ec2/vpc:Vpc::${name}`,
  properties: [],
  protected: false,
  inCloud: true,
  ...more,
});
const counts = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 };
const preview = (...changes: Change[]) => ({
  stack: "s",
  progress: {
    counts,
    current: [],
    violations: [],
    diagnostics: [],
    drift: [],
    printed: [],
    changes,
  },
});

test("replacing or deleting a resource in a cloud is a loss, creating or updating one is not", () => {
  const all = (["create", "update", "replace", "delete"] as const).map((op) => change(op, op));
  const component = change("delete", "component", { inCloud: false });
  assert.deepEqual(
    losses([...all, component]).map(({ op }) => op),
    ["replace", "delete"],
  );
});

describe("a protected resource", () => {
  test("that would be lost is named, with the commands that remove its protection", () => {
    const seen = preview(
      change("replace", "a", { protected: true }),
      change("update", "b", { protected: true }),
      change("delete", "c"),
    );
    const failure = lossOf(seen);
    assert.equal(failure?.code, "resource-protected");
    assert.match(failure?.message ?? "", /protected resources: Vpc a$/);
    assert.match(
      failure?.details ?? "",
      /^npx atoll pulumi -- state unprotect '[^']*::a' --stack s/,
    );
  });

  test("that stays is not refused", () => {
    assert.equal(lossOf(preview(change("update", "b", { protected: true }))), undefined);
  });
});

describe("a change that a later preview adds to the confirmed plan", () => {
  const shown = preview(change("delete", "a"), change("update", "b"));

  test("is refused by name when it replaces or deletes a resource", () => {
    const failure = unagreedLossOf(preview(change("delete", "a"), change("replace", "b")), shown);
    assert.equal(failure?.code, "plan-changed");
    assert.match(failure?.message ?? "", /replace or delete Vpc b$/);
  });

  test("is accepted when nothing more is lost, and where there is no confirmed plan", () => {
    assert.equal(unagreedLossOf(preview(change("create", "c")), shown), undefined);
    assert.equal(unagreedLossOf(preview(change("delete", "c")), undefined), undefined);
  });
});
