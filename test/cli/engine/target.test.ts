// What the engine is given of the user's environment. What this cannot prove: what the engine makes of it; test/docs runs it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCloud } from "../../../cli/engine/target.ts";

const project = { root: "/project", name: "acme", configDir: "/project/config", rehearsals: "/r" };

for (const [passphrase, given] of [
  ["", undefined],
  ["correct horse", "correct horse"],
] as const) {
  test(`on real clouds the passphrase "${passphrase}" ${given ? "is used" : "is none"}`, (t) => {
    const before = process.env.PULUMI_CONFIG_PASSPHRASE;
    t.after(() => {
      if (before === undefined) delete process.env.PULUMI_CONFIG_PASSPHRASE;
      else process.env.PULUMI_CONFIG_PASSPHRASE = before;
    });
    process.env.PULUMI_CONFIG_PASSPHRASE = passphrase;
    assert.equal(openCloud(project).variables.PULUMI_CONFIG_PASSPHRASE, given);
  });
}
