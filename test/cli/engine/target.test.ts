// What the engine is given of the user's environment. What this cannot prove: what the engine makes of it; test/docs runs it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
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

test("on real clouds a moved folder of config files is used to create stacks and to run them", async () => {
  const moved = openCloud({ ...project, configMoved: true });
  assert.equal(moved.configFor("prod"), "/project/config/Pulumi.prod.yaml");
  const { name, stackConfigDir } = parse(
    readFileSync(path.join(moved.stackFolder, "Pulumi.yaml"), "utf8"),
  );
  assert.equal(name, "acme");
  assert.equal(path.resolve(moved.stackFolder, stackConfigDir), "/project/config");
  await moved.close();
  const own = openCloud(project);
  assert.deepEqual([own.configFor("prod"), own.stackFolder], [undefined, "/project"]);
});
