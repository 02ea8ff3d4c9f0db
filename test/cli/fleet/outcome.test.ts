import assert from "node:assert/strict";
import { test } from "node:test";
import { follow } from "../../../cli/engine/events.ts";
import type { StackResult } from "../../../cli/engine/run.ts";
import { differs } from "../../../cli/fleet/outcome.ts";

const none = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 7 };

test("a tenant differs where an update would change it, and where its clouds are not as it was left", () => {
  const progress = follow().progress();
  const drift = [
    { urn: "urn:a", op: "update", properties: [] },
  ] as unknown as typeof progress.drift;
  const result = (more: Partial<typeof progress>) =>
    ({ progress: { ...progress, ...more } }) as StackResult;
  assert.equal(differs({ counts: none }), false);
  assert.equal(differs({ counts: none, result: result({}) }), false);
  assert.equal(differs({ counts: { ...none, updated: 1 } }), true);
  assert.equal(differs({ counts: none, result: result({ drift }) }), true);
});
