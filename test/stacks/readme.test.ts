// What these tests cannot prove: that the text around the manifests is correct.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { parse, stringify } from "yaml";
import { identity } from "../../components/identity/section.ts";
import { services } from "../../components/services.ts";
import { loadFootprint } from "../../footprint/load.ts";
import { loadHooks } from "../../stacks/hooks.ts";
import { network } from "../components/network/aws-fixture.ts";

const markdown = readFileSync(path.resolve("stacks/README.md"), "utf8");

test("the hooks of stacks/README.md are loaded, and adjust their resources", async () => {
  const [, code = ""] = /^```ts hooks\n([\s\S]*?)^```$/m.exec(markdown) ?? [];
  const folder = path.resolve(".atoll/readmes", `hooks-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const components = path.resolve("components");
    writeFileSync(path.join(folder, "hooks.ts"), code.replaceAll("../../components", components));
    const hooks = loadHooks(folder, "./hooks.ts");
    const resources = await network({}, { hooks });
    const changed = resources.filter(({ inputs }) => inputs.enableResourceNameDnsARecordOnLaunch);
    assert.deepEqual(
      changed.map(({ name }) => name.replace(/-us-.*/, "")),
      ["network-private", "network-private", "network-private"],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the table of services has those of the registry", () => {
  const [, table = ""] = /^\| section \| creates .*\n((?:\|.*\n)+)/m.exec(markdown) ?? [];
  const named = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(named.sort(), [...services, identity].map(({ name }) => name).sort());
});

test("the manifests of stacks/README.md are a valid footprint", () => {
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
    const { database, databases } =
      footprint.cells.find(({ name }) => name === "gcp-euw1")?.specs ?? {};
    assert.equal(databases?.reports?.databaseName, "reports");
    assert.deepEqual([database?.size, database?.connections], ["medium", 400]);
    assert.deepEqual(Object.keys(footprint.environment.credentials.projects), ["acme-prod"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
