// What these tests cannot prove: permissions, as root can write everywhere.
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
  test("is created with its parents, and kept when it exists", () => {
    const deep = path.join(base, "a", "b", "c");
    makeFolder(deep);
    makeFolder(deep);
    assert.ok(existsSync(deep));
    assert.equal(isWritable(deep), true);
  });

  test("is not writable if it or a parent is a file", () => {
    const file = path.join(base, "file");
    writeFileSync(file, "");
    assert.equal(isWritable(file), false);
    assert.equal(isWritable(path.join(file, "below")), false);
  });

  test("is not writable where the system only claims so, without hanging", {
    skip: existsSync("/proc/self") ? false : "needs /proc",
  }, () => {
    assert.equal(isWritable("/proc/nowhere/cache"), false);
  });
});
