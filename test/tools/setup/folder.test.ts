// Permissions are not tested: a test that runs as root may write everywhere.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { isWritable, makeFolder } from "../../../tools/setup/folder.mjs";

let base = "";
beforeEach(() => {
  base = mkdtempSync(path.join(os.tmpdir(), "atoll-folder-"));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe("a folder", () => {
  test("is made with those above it, and stays when it is there", () => {
    const deep = path.join(base, "a", "b", "c");
    makeFolder(deep);
    makeFolder(deep);
    assert.ok(existsSync(deep));
    assert.equal(isWritable(deep), true);
  });

  test("is not writable below a file, or where it is a file", () => {
    const file = path.join(base, "file");
    writeFileSync(file, "");
    assert.equal(isWritable(file), false);
    assert.equal(isWritable(path.join(file, "below")), false);
  });

  test("is not writable where the system only pretends, and the answer comes at once", {
    skip: existsSync("/proc/self") ? false : "needs /proc",
  }, () => {
    assert.equal(isWritable("/proc/nowhere/cache"), false);
  });
});
