// How a project is found. test/api/packed.e2e.test.ts proves that programs and policy packs find the same one.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { findProject } from "../../../footprint/files/project-file.ts";

const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "project-")));
after(() => rmSync(folder, { recursive: true }));

function project(name: string, text: string, file = "Pulumi.yaml"): string {
  const root = path.join(folder, name);
  mkdirSync(path.join(root, "a/b"), { recursive: true });
  writeFileSync(path.join(root, file), text);
  return root;
}

describe("the project file", () => {
  test("is found from a subfolder, with its config folder and its program", () => {
    const root = project("below", "name: acme\nstackConfigDir: config\nmain: a/index.mjs\n");
    assert.deepEqual(findProject(path.join(root, "a/b")), {
      root,
      name: "acme",
      configDir: path.join(root, "config"),
      main: path.join(root, "a/index.mjs"),
    });
  });

  test("may be Pulumi.yml, with its config files next to it", () => {
    const root = project("yml", "name: acme\n", "Pulumi.yml");
    assert.equal(findProject(root)?.configDir, root);
    assert.equal(findProject(root)?.main, root);
  });

  test("is undefined outside any project", () => {
    assert.equal(findProject(folder), undefined);
  });

  test("is refused without a name, and when it is not YAML", () => {
    assert.throws(() => findProject(project("nameless", "runtime: nodejs\n")), /name: must be/);
    assert.throws(() => findProject(project("broken", "name: [\n")), /cannot be read/);
  });
});
