// What these tests cannot prove: Windows, where folders of a user are private by their place.
import assert from "node:assert/strict";
import {
  chmodSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { claim } from "../../../cli/engine/claim.ts";
import { embeddedCloud } from "../../../cli/engine/embedded-cloud.ts";
import { keepPrivate } from "../../../cli/engine/private.ts";
import { rehearsalOf } from "../../../cli/engine/rehearsal.ts";
import { openRehearsal } from "../../../cli/engine/target.ts";
import { Store } from "../../../simulator/store.ts";
import { fixtureProject } from "./fixture.ts";

const modeOf = (file: string) => (lstatSync(file).mode & 0o777).toString(8);

describe("the files of a rehearsal", { skip: process.platform === "win32" }, () => {
  const mask = process.umask(0o000);
  after(() => process.umask(mask));

  test("are readable by their user only: state, cloud, copies of config, claims", async (t) => {
    const project = fixtureProject(t);
    const folders = rehearsalOf(project, "sample");
    const held = claim(folders, "up sample");
    const target = await openRehearsal(project, folders, embeddedCloud);
    const copy = target.configFor("sample") ?? "";
    // As the engine does.
    const state = path.join(folders.state, ".pulumi/stacks/fixture/sample.json");
    mkdirSync(path.dirname(state), { recursive: true });
    writeFileSync(state, "{}");
    assert.equal(modeOf(copy), "600");
    assert.equal(modeOf(state), "600");
    for (const file of ["cloud.db", "cloud.db-wal", "claim.json", "claim.db"])
      assert.equal(modeOf(path.join(folders.root, file)), "600", file);
    for (const folder of [project.rehearsals, ...Object.values(folders), path.dirname(state)])
      assert.equal(modeOf(folder), "700", folder);
    await target.close();
    held.release();
    assert.equal(process.umask(), 0, "the mask is restored");
  });

  test("of an earlier release or another mask are closed when the rehearsal is opened", async (t) => {
    const project = fixtureProject(t);
    const folders = rehearsalOf(project, "sample");
    const state = path.join(folders.state, ".pulumi/stacks/fixture");
    mkdirSync(state, { recursive: true });
    writeFileSync(path.join(state, "sample.json"), "{}");
    const outside = path.join(project.configDir, "outside");
    writeFileSync(outside, "");
    symlinkSync(outside, path.join(folders.root, "link"));
    new Store(path.join(folders.root, "cloud.db")).close();
    chmodSync(path.join(folders.root, "cloud.db"), 0o644);
    await (await openRehearsal(project, folders, embeddedCloud)).close();
    for (const file of globSync("**/*", { cwd: folders.root, withFileTypes: true })) {
      const whole = path.join(file.parentPath, file.name);
      if (!file.isSymbolicLink())
        assert.equal(modeOf(whole), file.isDirectory() ? "700" : "600", whole);
    }
    assert.equal(modeOf(outside), "666", "what a link points to is not Atoll's");
    assert.equal(readFileSync(path.join(state, "sample.json"), "utf8"), "{}");
  });

  test("keep the mask until the last of several has ended", () => {
    const [first, second] = [keepPrivate(), keepPrivate()];
    first();
    first();
    assert.equal(process.umask(), 0o077);
    second();
    assert.equal(process.umask(), 0);
  });

  test("include a store that is opened alone", (t) => {
    const folder = path.join(mkdtempSync(path.join(os.tmpdir(), "atoll-store-")), "new");
    t.after(() => rmSync(path.dirname(folder), { recursive: true, force: true }));
    const store = new Store(path.join(folder, "cloud.db"));
    assert.deepEqual(
      [
        modeOf(folder),
        modeOf(path.join(folder, "cloud.db")),
        modeOf(path.join(folder, "cloud.db-wal")),
      ],
      ["700", "600", "600"],
    );
    store.close();
  });
});
