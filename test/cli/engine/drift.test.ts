// Steps of a refresh in the form of the engine's declarations. What these tests cannot prove: that a provider finds drift; test/e2e does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { driftOf } from "../../../cli/engine/drift.ts";

type Step = Parameters<typeof driftOf>[0];
const step = (fields: object) => ({ op: "refresh", urn: "urn:a", ...fields }) as unknown as Step;

describe("a step of a refresh", () => {
  test("reports each changed property, with the values before and now", () => {
    const found = driftOf(
      step({
        old: {
          inputs: { tags: { "a.b": "old" }, rules: [{ port: 80 }] },
          outputs: { arn: "arn:1" },
        },
        new: {
          inputs: { tags: { "a.b": "new" }, rules: [{ port: 443 }], more: true },
          outputs: { arn: "arn:2" },
        },
        detailedDiff: {
          'tags["a.b"]': { inputDiff: true },
          "rules[0].port": { inputDiff: true },
          more: { inputDiff: true },
          arn: { inputDiff: false },
        },
      }),
    );
    assert.deepEqual(found, {
      urn: "urn:a",
      kind: "changed",
      differences: [
        { property: 'tags["a.b"]', was: "old", is: "new" },
        { property: "rules[0].port", was: 80, is: 443 },
        { property: "more", is: true },
        { property: "arn", was: "arn:1", is: "arn:2" },
      ],
    });
  });

  test("reports a deleted resource", () => {
    assert.equal(driftOf(step({ old: {} }))?.kind, "gone");
  });

  test("reports nothing for unchanged or read-only resources", () => {
    assert.equal(driftOf(step({ old: {}, new: {}, detailedDiff: {} })), undefined);
    assert.equal(
      driftOf(step({ old: {}, new: {}, diffs: ["spec"], detailedDiff: null })),
      undefined,
    );
  });
});
