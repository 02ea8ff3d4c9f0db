// Paths of other platforms are joined with this platform's separator.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import {
  cachedEngine,
  cacheFolders,
  executable,
  installAside,
  userCache,
  writableFolder,
} from "../../../tools/engine/cache.ts";
import { pinnedVersion } from "../../../tools/engine/version.ts";
import { skip } from "../sandbox.ts";

describe("the user's cache", () => {
  const home = path.resolve("/home/ada");

  test("is the platform's cache folder", () => {
    const at = (platform: NodeJS.Platform, env = {}) => userCache({ platform, env, home });
    assert.equal(at("linux"), path.join(home, ".cache"));
    assert.equal(at("darwin"), path.join(home, "Library", "Caches"));
    assert.equal(at("win32"), path.join(home, "AppData", "Local"));
    assert.equal(at("win32", { LOCALAPPDATA: "/local" }), "/local");
  });

  test("is XDG_CACHE_HOME, and ATOLL_CACHE overrides that", () => {
    const env = { XDG_CACHE_HOME: "/xdg" };
    assert.equal(userCache({ platform: "linux", env, home }), path.resolve("/xdg"));
    const both = { ...env, ATOLL_CACHE: "/own" };
    assert.equal(userCache({ platform: "darwin", env: both, home }), path.resolve("/own"));
  });

  test("is followed by the clone, unless ATOLL_CACHE is set", () => {
    const settings = { platform: "linux", home } as const;
    assert.deepEqual(cacheFolders("/clone", { ...settings, env: {} }), [
      path.join(home, ".cache", "atoll", "pulumi"),
      path.join("/clone", ".atoll", "cache", "pulumi"),
    ]);
    assert.deepEqual(cacheFolders("/clone", { ...settings, env: { ATOLL_CACHE: "/own" } }), [
      path.join(path.resolve("/own"), "atoll", "pulumi"),
    ]);
  });

  test("has a version in bin", () => {
    assert.equal(cachedEngine("/c"), path.join("/c", pinnedVersion, "bin", executable));
  });
});

describe("installing aside", { skip }, () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "atoll-cache-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const fill = (says: string) => async (aside: string) => {
    const bin = path.join(aside, "install", "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, executable), `#!/bin/sh\necho ${says}\n`, { mode: 0o755 });
  };

  test("moves the version to its place and leaves nothing else", async () => {
    await installAside(folder, fill("3.259.0"));
    assert.deepEqual(readdirSync(folder), [pinnedVersion]);
    assert.ok(existsSync(cachedEngine(folder)));
  });

  test("replaces an existing one and removes what a killed run left", async () => {
    mkdirSync(path.join(folder, ".staging-old", "install"), { recursive: true });
    mkdirSync(path.join(folder, pinnedVersion, "bin"), { recursive: true });
    writeFileSync(cachedEngine(folder), "half a program");
    await installAside(folder, fill("v3.259.0"));
    assert.deepEqual(readdirSync(folder), [pinnedVersion]);
  });

  test("does not install a program that does not run", async () => {
    await assert.rejects(installAside(folder, fill("not a version")), /printed not a version/);
    assert.deepEqual(readdirSync(folder), []);
  });

  test("installs nothing when it fails", async () => {
    const broken = async (aside: string) => {
      await fill("3.259.0")(aside);
      throw new Error("the power went");
    };
    await assert.rejects(installAside(folder, broken), /the power went/);
    assert.deepEqual(readdirSync(folder), []);
  });

  test("uses the first writable folder", async () => {
    writeFileSync(path.join(folder, "file"), "");
    const blocked = path.join(folder, "file", "cache");
    const free = path.join(folder, "free");
    assert.equal(await writableFolder([blocked, free]), free);
    await assert.rejects(writableFolder([blocked]), /ENOTDIR|EEXIST/);
  });
});
