// What these tests cannot prove: that the prose around the manifests is true.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { parse, stringify } from "yaml";
import { loadFootprint } from "../../footprint/load.ts";

test("the manifests of stacks/README.md are a footprint", () => {
  const markdown = readFileSync(path.resolve("stacks/README.md"), "utf8");
  const manifests = [...markdown.matchAll(/^```yaml manifest=(\S+)\n([\s\S]*?)^```$/gm)];
  const folder = mkdtempSync(path.join(os.tmpdir(), "readme-"));
  try {
    for (const [, stack, text = ""] of manifests) {
      const config = { config: { "atoll:manifest": parse(text) } };
      writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), stringify(config));
    }
    const footprint = loadFootprint(folder, "prod");
    assert.deepEqual(
      footprint.stacks.map(({ name }) => name),
      ["prod", "prod.aws-use1", "prod.gcp-euw1"],
    );
    assert.equal(footprint.environment.lifetime, "permanent");
    assert.deepEqual(Object.keys(footprint.environment.credentials.projects), ["acme-prod"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
