// What these tests cannot prove: that a change that no policy covers is safe.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { Atoll, of } from "./atoll.ts";

const module = (name: string) => JSON.stringify(path.resolve(`components/core/${name}.ts`));
const sdk = JSON.stringify(path.resolve("node_modules/@pulumi/aws/index.js"));

const hooksFile = (hooks: string) => `
import aws from ${sdk};
import { adjust } from ${module("adjust")};
import { defineHooks } from ${module("hooks")};
export default defineHooks(${hooks});
`;

describe("a cell with a hooks file", () => {
  const atoll = new Atoll();
  before(() => {
    for (const stack of ["local.gcp-euw1", "local.onprem-sel"])
      rmSync(path.join(atoll.configDir, `Pulumi.${stack}.yaml`));
    atoll.withoutServices("local");
    atoll.withoutServices("local.aws-use1");
    atoll.edit("local", (manifest) => {
      delete manifest.budget;
      delete manifest.deployers;
    });
    atoll.edit("local.aws-use1", (manifest) => Object.assign(manifest, { hooks: "./hooks.ts" }));
  });
  after(() => atoll.remove());

  const write = (hooks: string) =>
    writeFileSync(path.join(atoll.configDir, "hooks.ts"), hooksFile(hooks));

  test("violates the policies where a hook removes encryption", async () => {
    write(
      "{ cluster: { main: adjust(aws.eks.Cluster, ({ encryptionConfig, ...args }) => args) } }",
    );
    const run = await atoll.json(["preview", "local"], 3);
    assert.deepEqual(
      run.violations
        .filter(({ level }) => level === "mandatory")
        .map(({ control, resource }) => [control, resource.name]),
      [["EKS2", "cluster"]],
    );
  });

  test("is refused where a hook matches nothing, with the closest name", async () => {
    write("{ cluster: { mian: adjust(aws.eks.Cluster, (args) => args) } }");
    const run = await atoll.json(["preview", "local"], 1);
    const { error } = of(run, "local.aws-use1");
    assert.match(
      JSON.stringify(error),
      /adjust of \\"cluster\\": mian: no such child, did you mean \\"main\\"\?/,
    );
  });
});
