// The real engine against the embedded cloud. Does not prove that clouds evaluate budgets as intended.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createBudget } from "../../../components/budget/budget.ts";
import { createProviders } from "../../../components/provider/provider.ts";
import { rig } from "../../support/engine.ts";
import { ownership } from "../../support/ownership.ts";
import { aws, environment, gcp } from "./fixture.ts";

function onAws() {
  const providers = createProviders("aws", {
    cloud: "aws",
    account: aws.account,
    region: "us-east-1",
  });
  const whole = createBudget(
    "environment",
    { cloud: "aws", ownership: environment, spec: { ...aws, costAllocationTags: true } },
    { providers },
  );
  createBudget("cell", { cloud: "aws", ownership, spec: aws }, { providers });
  return { budgetName: whole.budgetName };
}

function onGcp() {
  const { project, projectNumber } = gcp;
  const providers = createProviders("gcp", {
    cloud: "gcp",
    project,
    projectNumber,
    region: "europe-west1",
  });
  const { budgetName } = createBudget(
    "budget",
    { cloud: "gcp", ownership: { ...ownership, cell: "gcp-euw1" }, spec: gcp },
    { providers },
  );
  return { budgetName };
}

for (const [name, program] of [
  ["AWS", onAws],
  ["GCP", onGcp],
] as const) {
  test(`budgets on ${name} are created, have no changes on the second run, and are destroyed`, async () => {
    const engine = await rig();
    try {
      const { outputs } = await engine.up(async () => program());
      assert.ok(outputs.budgetName?.value);
      assert.deepEqual((await engine.preview(async () => program())).changes, {});
      await engine.destroy(async () => program());
      assert.deepEqual(engine.deployed(), []);
    } finally {
      await engine.stop();
    }
  });
}
