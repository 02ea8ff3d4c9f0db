// What these tests cannot prove: that a newer CLI behaves as the pinned one.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseVersion, pinnedVersion, unsuitable } from "../../../tools/engine/version.ts";

describe("the version in what pulumi prints", () => {
  test("is found with and without the v, and among warnings", () => {
    assert.equal(parseVersion("v3.259.0\n"), "3.259.0");
    assert.equal(parseVersion("3.259.0"), "3.259.0");
    assert.equal(
      parseVersion("warning: A new version is available: 3.300.0 (yours)\nv3.260.1\r\n"),
      "3.260.1",
    );
    assert.equal(parseVersion("v3.260.0-alpha.x12+dirty\n"), "3.260.0-alpha.x12");
  });

  test("is missing from other output", () => {
    for (const output of [
      "",
      "Segmentation fault",
      "pulumi: not found",
      "v3.2",
      "3.259.0 is broken",
    ]) {
      assert.equal(parseVersion(output), undefined, output);
    }
  });

  test("can have any numbers", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (major, minor, patch) => {
        assert.equal(parseVersion(`v${major}.${minor}.${patch}\n`), `${major}.${minor}.${patch}`);
      }),
    );
  });
});

describe("a version can be used", () => {
  test("from the pinned one on, within its major version", () => {
    for (const version of [pinnedVersion, "3.259.1", "3.260.0", "3.300.0-alpha.1"]) {
      assert.equal(unsuitable(version), undefined, version);
    }
  });

  test("but not when it is older, a pre-release of the pinned one, or of another major version", () => {
    for (const version of ["3.258.9", "3.9.999", "2.300.0", `${pinnedVersion}-alpha.1`, "4.0.0"]) {
      assert.match(unsuitable(version) ?? "", new RegExp(version.replaceAll(".", "\\.")));
    }
  });

  test("never when lower and always when higher than the pinned one, for any numbers", () => {
    const [, pinnedMinor = 0] = pinnedVersion.split(".").map(Number);
    fc.assert(
      fc.property(fc.nat(2 * pinnedMinor), fc.nat(99), (minor, patch) => {
        assert.equal(unsuitable(`3.${minor}.${patch}`) === undefined, minor >= pinnedMinor);
      }),
    );
  });
});
