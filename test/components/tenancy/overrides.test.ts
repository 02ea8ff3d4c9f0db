import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Problem } from "../../../components/core/errors.ts";
import { boundProblems, overridden } from "../../../components/tenancy/overrides.ts";

const tier = { namespaces: { cpu: 4, memory: "8 GiB" }, backup: { keep: "7 days" }, isolation: {} };
const bounds = {
  "namespaces.cpu": { max: 8 },
  "namespaces.memory": { min: "4 GiB", max: "16 GiB" },
};

function apply(overrides: Record<string, number | string>) {
  const problems: Problem[] = [];
  return { merged: overridden(tier, bounds, overrides, problems), problems };
}

describe("overrides of a tier", () => {
  test("replace only what they name", () => {
    const { merged, problems } = apply({ "namespaces.cpu": 6, "namespaces.memory": "16 GiB" });
    assert.deepEqual(problems, []);
    assert.deepEqual(merged.namespaces, { cpu: 6, memory: "16 GiB" });
    assert.deepEqual(merged.backup, { keep: "7 days" });
    assert.equal(tier.namespaces.cpu, 4);
  });

  test("are refused beyond their bounds, and below the tier's own value without a lower bound", () => {
    assert.match(apply({ "namespaces.cpu": 9 }).problems[0]!.message, /from 4 to 8/);
    assert.match(apply({ "namespaces.cpu": 3 }).problems[0]!.message, /from 4 to 8/);
    assert.match(apply({ "namespaces.memory": "2 GiB" }).problems[0]!.message, /4 GiB to 16 GiB/);
  });

  test("are refused for what the tier does not allow, with what it allows", () => {
    const [problem] = apply({ "backup.keep": "9 days" }).problems;
    assert.match(problem!.message, /it allows namespaces\.cpu, namespaces\.memory/);
  });

  test("are refused with a value of another kind", () => {
    assert.match(apply({ "namespaces.cpu": "6" }).problems[0]!.message, /such as 4/);
    assert.match(apply({ "namespaces.memory": 6 }).problems[0]!.message, /such as "8 GiB"/);
  });
});

describe("bounds of a tier", () => {
  test("must be of settings that it has, and include its own value", () => {
    assert.deepEqual(boundProblems(tier, bounds), []);
    assert.match(
      boundProblems(tier, { "namespaces.cpus": {} })[0]!.message,
      /setting that the tier has/,
    );
    assert.match(boundProblems(tier, { "namespaces.cpu": { min: 5 } })[0]!.message, /own 4/);
    assert.match(
      boundProblems(tier, { "namespaces.cpu": { max: "8 GiB" } })[0]!.message,
      /such as 4/,
    );
  });
});
