// Go is a stand-in. What these tests cannot prove: that the pinned modules build; the set-up does on a machine without Pulumi.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { buildFault, neededGo, unsuitableGo } from "../../../tools/engine/build.ts";
import { pinnedVersion } from "../../../tools/engine/version.ts";

const module = path.resolve(import.meta.dirname, "../../../tools/engine");

describe("a Go", () => {
  test("can build the CLI when it is new enough, or can download one that is", () => {
    assert.equal(unsuitableGo({ version: "go1.26.0", toolchain: "local" }), undefined);
    assert.equal(unsuitableGo({ version: "go1.30", toolchain: "local" }), undefined);
    assert.equal(unsuitableGo({ version: "go1.21.4", toolchain: "auto" }), undefined);
  });

  test("cannot when it is missing or too old; the message says what to install", () => {
    assert.match(unsuitableGo(undefined) ?? "", /go is not on PATH: install Go 1\.26/);
    assert.match(
      unsuitableGo({ version: "go1.25.9", toolchain: "local" }) ?? "",
      /go1\.25\.9 is too old: install Go 1\.26 or newer or unset GOTOOLCHAIN/,
    );
    assert.match(unsuitableGo({ version: "go1.20.1", toolchain: "auto" }) ?? "", /or newer$/);
    assert.match(unsuitableGo({ version: "devel", toolchain: "auto" }) ?? "", /too old/);
  });
});

describe("a failed build", () => {
  const fault = (output: string) => buildFault({ code: 1, output });

  test("names its cause and the cure", () => {
    assert.match(fault("write /x: no space left on device"), /disk is full/);
    assert.match(fault("verifying a@v1: checksum mismatch\n\tSECURITY ERROR"), /differs from its/);
    assert.match(fault("Get: dial tcp: lookup proxy: no such host"), /GOPROXY/);
    assert.match(fault("a.go:1: syntax error"), /ended with exit code 1: a\.go:1: syntax error/);
    assert.match(fault(""), /no output/);
  });
});

describe("the pinned modules", () => {
  const lines = readFileSync(path.join(module, "go.mod"), "utf8").split("\n");

  test("have the version and the Go that the set-up needs", () => {
    for (const part of ["pkg", "sdk"]) {
      const name = `github.com/pulumi/pulumi/${part}/v3`;
      const required = lines.find((line) => line.trim().startsWith(`${name} `));
      assert.equal(required?.trim().split(" ")[1], `v${pinnedVersion}`, name);
    }
    assert.ok(lines.includes(`go ${neededGo.join(".")}`));
  });

  test("each have the checksum of their content", () => {
    const sums = new Set(
      readFileSync(path.join(module, "go.sum"), "utf8")
        .split("\n")
        .map((line) => line.split(" ").slice(0, 2).join(" ")),
    );
    const replaced = new Map(
      lines
        .filter((line) => line.startsWith("replace "))
        .map((line) => {
          const [, from = "", , to = "", version = ""] = line.split(" ");
          return [from, `${to} ${version}`] as const;
        }),
    );
    const required = lines
      .map((line) => /^\t(\S+) (v\S+)/.exec(line))
      .filter((found) => found !== null);
    assert.ok(required.length > 100);
    // Modules that are used only by other packages of a dependency have just the checksum of their go.mod.
    const main = required.filter(([, name = ""]) => name.startsWith("github.com/pulumi/pulumi/"));
    for (const [, name = "", version = ""] of main) {
      assert.ok(sums.has(`${replaced.get(name) ?? `${name} ${version}`}`), name);
    }
    for (const [, name = "", version = ""] of required) {
      const wanted = replaced.get(name) ?? `${name} ${version}`;
      assert.ok(sums.has(wanted) || sums.has(`${wanted}/go.mod`), wanted);
    }
  });
});
