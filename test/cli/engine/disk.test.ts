// Mocked disk space; disk-full.e2e.test.ts fills a real disk. What these tests cannot prove: names of disks on macOS.
import assert from "node:assert/strict";
import { once } from "node:events";
import os from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import {
  checkSpace,
  diskOf,
  freeBytes,
  mountsIn,
  neededBytes,
  unrecorded,
  watchSpace,
} from "../../../cli/engine/disk.ts";
import { failureOf, failureOfRun } from "../../../cli/engine/errors.ts";
import { follow } from "../../../cli/engine/events.ts";
import { Failure } from "../../../cli/failure.ts";
import { systemFailure } from "../../../cli/system-failure.ts";

describe("the space on a disk", () => {
  test("is refused below what a run needs, with the disk's name", () => {
    const free: Record<string, number> = { "/a": neededBytes, "/b": neededBytes - 1 };
    checkSpace(["/a"], (folder) => free[folder]);
    checkSpace(["/unknown"], () => undefined);
    assert.throws(
      () => checkSpace(["/a", "/b"], (folder) => free[folder]),
      (error: unknown) => {
        assert.ok(error instanceof Failure);
        assert.deepEqual([error.code, error.exitCode], ["disk-full", 2]);
        assert.match(
          error.message,
          /the disk .*mounted at .*, which holds \/b, has 32\.0 MiB free/,
        );
        return true;
      },
    );
  });

  test("is known for folders that do not exist yet", () => {
    const bytes = freeBytes(path.join(os.tmpdir(), "none", "below"));
    assert.ok(bytes !== undefined && bytes > 0);
  });

  test("is watched until the disk is full", async () => {
    const events = new EventTarget();
    const sizes = [10_000_000, undefined, 1000];
    const full = once(events, "full");
    const keep = setInterval(() => undefined, 1000);
    const stop = watchSpace(
      "/x",
      () => events.dispatchEvent(new Event("full")),
      () => sizes.shift(),
    );
    await full;
    clearInterval(keep);
    stop();
    assert.deepEqual(sizes, []);
  });

  test("is named by device and mount point, the last one that covers the folder", () => {
    const text =
      "/dev/vda / ext4 rw 0 0\nproc /proc proc rw 0 0\n/dev/vdb /data\\040disk xfs rw 0 0\n";
    assert.deepEqual(mountsIn(text)[0], { device: "/dev/vdb", at: "/data disk" });
    assert.match(diskOf(os.tmpdir()), /mounted at \//);
  });
});

describe("a full disk", () => {
  test("is recognised in what the engine prints about its state, and in nothing else", () => {
    for (const text of [
      "error: write /s/.pulumi/stacks/p/local.json12: no space left on device",
      "open /s/x: disk quota exceeded",
      "write /s/x: file too large",
      "the embedded cloud failed while creating: Error: database or disk is full",
    ])
      assert.match(text, unrecorded);
    for (const text of ["no space left on device", "the disk of the database is full: 20 GiB"])
      assert.doesNotMatch(text, unrecorded);
  });

  test("explains a command of the engine that could not write", () => {
    const stderr =
      'error: write ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=Unknown): write /s/state/.pulumi/meta.yaml.1.tmp: no space left on device';
    const failure = failureOf("local", { code: 255, signal: null, stdout: "", stderr });
    assert.equal(failure.code, "disk-full");
    assert.match(failure.message, /which holds \/s\/state\/\.pulumi, is full/);
  });

  test("explains a run that it ended, before anything else", () => {
    const run = {
      stack: "local",
      operation: "up" as const,
      succeeded: false,
      progress: follow().progress(),
      seconds: 1,
      ended: { code: null, signal: "SIGKILL" as const, stdout: "", stderr: "" },
      full: os.tmpdir(),
    };
    assert.equal(failureOfRun(run, true)?.code, "disk-full");
  });
});

describe("errors of the system", () => {
  const error = (fields: object) =>
    Object.assign(new Error("said so"), { syscall: "write", ...fields });

  test("are failures with the file and the cure, not bugs", () => {
    for (const [code, expected, message] of [
      ["ENOSPC", "disk-full", /the disk .* is full/],
      ["EDQUOT", "file-unusable", /cannot write .*x/],
      ["EROFS", "file-unusable", /cannot write .*x/],
      ["EACCES", "file-unusable", /cannot write .*x/],
      ["EIO", "file-unusable", /cannot read or write .*x/],
      ["EMFILE", "file-unusable", /cannot open .*x/],
    ] as const) {
      const failure = systemFailure(error({ code, path: path.join(os.tmpdir(), "x") }));
      assert.equal(failure?.code, expected, code);
      assert.match(failure.message, message);
      assert.notEqual(failure.cure, "");
    }
    const sqlite = Object.assign(new Error("database or disk is full"), {
      code: "ERR_SQLITE_ERROR",
    });
    assert.equal(systemFailure(sqlite)?.code, "disk-full");
  });

  test("do not include others", () => {
    assert.equal(systemFailure(new TypeError("no space left on device")), undefined);
    assert.equal(systemFailure(error({ code: "ENOENT", path: "/x" })), undefined);
    assert.equal(systemFailure("text"), undefined);
  });
});
