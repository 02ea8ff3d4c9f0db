// What `atoll fleet render` refuses, before it writes anything.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { type FleetRenderOptions, fleetRender } from "../../../cli/commands/fleet-render.ts";
import { Failure } from "../../../cli/failure.ts";
import { silentIo } from "../../../cli/io.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "fleet-command-"));
after(() => rmSync(folder, { recursive: true }));
const out = path.join(folder, "fleet");
const options = { environment: "local", revision: "main", out };

async function refused(given: Partial<FleetRenderOptions>): Promise<string> {
  try {
    await fleetRender(silentIo, { ...options, ...given });
  } catch (error) {
    assert.ok(error instanceof Failure);
    assert.equal(error.exitCode, 2);
    assert.equal(existsSync(out), false);
    return error.message;
  }
  throw new assert.AssertionError({ message: "it was not refused" });
}

describe("atoll fleet render", () => {
  test("refuses one stack, and references and identities that are none", async () => {
    assert.match(await refused({ environment: "local.birch" }), /local\.birch is one stack/);
    assert.match(await refused({ image: "a b" }), /--image "a b" is not a reference/);
    assert.match(await refused({ revision: "{{ .x }}" }), /--revision/);
    assert.match(await refused({ identity: ["somebody"] }), /"somebody"/);
  });

  test("writes the folder that its files name, for the given image and repository", async () => {
    const image = `registry.example/footprint@sha256:${"b".repeat(64)}`;
    const repo = "https://git.example/footprint.git";
    assert.equal(await fleetRender(silentIo, { ...options, image, repo }), 0);
    assert.deepEqual(readdirSync(out).sort(), [
      ...["Dockerfile", "Dockerfile.dockerignore", "README.md", "admin", "argo-cd-values.yaml"],
      ...["operator-values.yaml", "rings", "shards"],
    ]);
    const argo = readFileSync(path.join(out, "admin/argo-cd.yaml"), "utf8");
    assert.ok(argo.includes(`repoURL: ${repo}`));
    // A folder outside of the repository is copied to the usual place in it.
    assert.ok(argo.includes("path: fleet/local/shards/*.json"));
    const stack = readFileSync(path.join(out, "rings/1/aws-use1/local-birch.yaml"), "utf8");
    assert.ok(stack.includes(`image: ${image}`));
  });
});
