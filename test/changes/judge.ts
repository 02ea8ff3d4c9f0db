/** What the embedded cloud plans must be what the table says. */
import assert from "node:assert/strict";
import { lost } from "./lost.ts";
import { changesAnything, removesAnything, type Setting, type Trial } from "./trial.ts";

/** @param unplanned why no resource shows a change of the setting, if none does */
export function judge({ label, entry, trials }: Setting, unplanned: string | undefined): void {
  const text = JSON.stringify(trials, undefined, 1);
  assert.notEqual(trials.length, 0, `no other value of ${label} is valid`);
  // What the cloud refuses or replaces, the table must have refused, unless it says that it replaces.
  for (const trial of trials)
    assert.ok(trial.refused || entry.kind === "replaces" || isInPlace(trial), text);
  const accepted = trials.filter(({ refused }) => !refused);
  switch (entry.kind) {
    case "in-place":
      assert.equal(accepted.length, trials.length, text);
      break;
    case "replaces":
      assert.equal(accepted.length, trials.length, text);
      assert.ok(
        trials.some(entry.loses === undefined ? removesAnything : loses(entry.loses)),
        text,
      );
      return;
    case "upwards":
      if (entry.accepts !== undefined) return;
      for (const trial of trials) assert.equal(trial.refused, isLess(trial), text);
      assert.notEqual(accepted.length, trials.length, text);
      break;
    case "never":
      if (entry.accepts === undefined) assert.equal(accepted.length, 0, text);
      return;
  }
  assert.equal(accepted.some(changesAnything), unplanned === undefined, text);
}

function isInPlace({ plan }: Trial): boolean {
  return plan.replaced.length === 0 && plan.refused.length === 0;
}

/** Whether a change removes resources of the types that hold what the table says, and the preview says so. */
function loses(what: string) {
  const types = lost[what];
  assert.ok(types, `no resource types for "${what}"`);
  return ({ plan, losses }: Trial): boolean =>
    losses.includes(what) && [...plan.replaced, ...plan.deleted].some((one) => types.test(one));
}

/** Whether the value is a smaller amount or an earlier version than before, or was removed. */
function isLess({ before, after }: Trial): boolean {
  if (after === undefined) return true;
  const [old = [], now = []] = [before, after].map((value) =>
    (String(value).match(/\d+/g) ?? []).map(Number),
  );
  const at = now.findIndex((part, index) => part !== old[index]);
  return at >= 0 && (now[at] ?? 0) < (old[at] ?? 0);
}
