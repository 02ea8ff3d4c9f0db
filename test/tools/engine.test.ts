// npm, go and pulumi are stand-ins. What these tests cannot prove: what the real ones do.
import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { pinnedVersion } from "../../tools/engine/version.ts";
import { Sandbox, skip } from "./sandbox.ts";

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

const folder = () => path.join(sandbox.cache, "atoll", "pulumi");
const cached = () => path.join(folder(), pinnedVersion, "bin", "pulumi");
const builds = () => sandbox.lines().filter((line) => line.startsWith("build ")).length;

/** Runs the set-up of the engine and returns the engine that it found. */
async function engine(env: NodeJS.ProcessEnv = {}) {
  const { code, out, err } = await sandbox.engine(env).ended;
  assert.equal(code, 0, out + err);
  return { ...JSON.parse(out), err };
}

describe("an existing engine", { skip }, () => {
  test("is taken from PATH without output, with the language host beside it", async () => {
    const program = sandbox.pulumi("v3.260.0");
    const host = sandbox.program("pulumi-language-nodejs", "");
    assert.deepEqual(await engine(), {
      path: program,
      version: "3.260.0",
      source: "PATH",
      languageHost: host,
      err: "",
    });
  });

  test("is taken from the cache without output", async () => {
    sandbox.pulumi("3.259.0", path.dirname(cached()));
    const found = await engine();
    assert.equal(found.path, cached());
    assert.equal(found.source, "cache");
    assert.equal(found.languageHost, undefined);
    assert.equal(found.err, "");
  });

  test("is the one in ATOLL_PULUMI, before all others", async () => {
    sandbox.pulumi("v3.260.0");
    const program = sandbox.pulumi("v3.261.0", sandbox.path("mine"));
    const found = await engine({ ATOLL_PULUMI: program });
    assert.deepEqual([found.path, found.source], [program, "ATOLL_PULUMI"]);
  });

  test("is refused when the one in ATOLL_PULUMI is too old, missing or broken", async () => {
    sandbox.pulumi("v3.260.0");
    const mine = sandbox.path("mine");
    const refusals: [string, RegExp][] = [
      [sandbox.pulumi("v3.100.0", mine), /version 3\.100\.0 is older than 3\.259\.0.*or unset it/],
      [path.join(mine, "nothing"), /ATOLL_PULUMI is .*nothing, which does not exist/],
      [sandbox.program("broken", "process.exit(3)", mine), /does not work.*ended with exit code 3/],
    ];
    for (const [program, message] of refusals) {
      const { code, out } = await sandbox.engine({ ATOLL_PULUMI: program }).ended;
      assert.equal(code, 1);
      assert.match(out, message);
    }
  });

  test("is run once for its version, until the file changes", async () => {
    const asked = sandbox.path("asked");
    const big = `require("node:fs").appendFileSync(${JSON.stringify(asked)}, "x");
      console.log("3.260.0");\n//${"x".repeat(5_000_000)}`;
    const program = sandbox.program("pulumi", big);
    await engine();
    await engine();
    assert.equal(readFileSync(asked, "utf8"), "x");
    appendFileSync(program, "more");
    await engine();
    assert.equal(readFileSync(asked, "utf8"), "xx");
  });
});

describe("an engine that cannot be used", { skip }, () => {
  test("on PATH is skipped for a later one on PATH", async () => {
    sandbox.program("pulumi", "process.exit(1)");
    const other = sandbox.path("other");
    const program = sandbox.pulumi("v3.259.2", other);
    const found = await engine({ PATH: [sandbox.bin, other].join(path.delimiter) });
    assert.equal(found.path, program);
  });

  test("on PATH is named when one is built instead", async () => {
    const old = sandbox.pulumi("v3.100.0");
    sandbox.go();
    const { path: program, err } = await engine();
    assert.equal(program, cached());
    assert.match(
      err,
      new RegExp(`${old} is skipped: version 3\\.100\\.0 is older than 3\\.259\\.0`),
    );
  });

  test("in the cache is built again", async () => {
    mkdirSync(path.dirname(cached()), { recursive: true });
    writeFileSync(cached(), "#!/bin/sh\n# half a program", { mode: 0o755 });
    sandbox.go();
    const { err } = await engine();
    assert.match(err, /is skipped: does not work/);
    assert.equal(builds(), 1);
  });
});

describe("a build", { skip }, () => {
  test("uses the pinned modules read-only and reports its duration; a second run does nothing", async () => {
    sandbox.go();
    const { err } = await engine();
    const [line = ""] = sandbox.lines();
    for (const flag of [
      "-trimpath",
      "-mod=readonly",
      `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${pinnedVersion}`,
    ]) {
      assert.ok(line.includes(flag), line);
    }
    assert.match(err, /download \.\.\. \d+\.\d s, failed\n/);
    assert.match(err, /build from Go modules \.\.\. \d+\.\d s\n$/);
    assert.equal((await engine()).err, "");
    assert.equal(builds(), 1);
  });

  test("runs once when two processes need it, and the second reports that it waits", async () => {
    sandbox.go({ milliseconds: 1500 });
    const first = sandbox.engine();
    await sandbox.waitFor("build ");
    const second = sandbox.engine();
    const [one, two] = await Promise.all([first.ended, second.ended]);
    assert.equal(one.out, two.out);
    assert.equal(JSON.parse(two.out).path, cached());
    assert.match(
      two.err,
      new RegExp(`waiting for process ${first.child.pid}, which has been installing it since`),
    );
    assert.equal(builds(), 1);
  });

  test("that was killed together with its compiler leaves nothing that is used", async () => {
    sandbox.go({ milliseconds: 60_000 });
    const first = sandbox.engine();
    await sandbox.waitFor("build ");
    const compiler = Number(sandbox.lines()[0]?.split(" ")[1]);
    process.kill(first.child.pid ?? 0, "SIGKILL");
    process.kill(compiler, "SIGKILL");
    await first.ended;
    assert.ok(!existsSync(path.join(folder(), pinnedVersion)));

    sandbox.go();
    assert.equal((await engine()).path, cached());
    assert.equal(builds(), 2);
    assert.deepEqual(
      readdirSync(folder(), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name),
      [pinnedVersion],
    );
  });

  test("whose compiler outlives its killed set-up is waited for", async () => {
    sandbox.go({ milliseconds: 1500 });
    const first = sandbox.engine();
    await sandbox.waitFor("build ");
    process.kill(first.child.pid ?? 0, "SIGKILL");
    sandbox.go();
    const { err } = await engine();
    assert.match(err, /waiting for process/);
    const [one = "", two = "", three = ""] = sandbox.lines().map((line) => line.split(" ")[0]);
    assert.deepEqual([one, two, three], ["build", "built", "build"]);
  });

  test("that is interrupted ends by the signal and cleans up", async () => {
    sandbox.go({ milliseconds: 60_000 });
    const { child, ended } = sandbox.engine();
    await sandbox.waitFor("build ");
    child.kill("SIGINT");
    const { signal } = await ended;
    assert.equal(signal, "SIGINT");
    assert.deepEqual(readdirSync(folder()), []);
  });

  test("that produces another version is not used", async () => {
    sandbox.go({ says: "3.1.0-dev" });
    const { code, out } = await sandbox.engine().ended;
    assert.equal(code, 1);
    assert.match(out, /3\.1\.0-dev/);
    assert.ok(!existsSync(path.join(folder(), pinnedVersion)));
  });
});

describe("when every way fails", { skip }, () => {
  test("one message has each way, the reason, and the cure", async () => {
    const { code, out } = await sandbox.engine().ended;
    assert.equal(code, 1);
    assert.match(
      out,
      /^no Pulumi CLI 3\.259\.0 or newer could be found or installed; fix one of these:\n/,
    );
    for (const way of [
      /- PATH: has no pulumi/,
      /- .*cache.*3\.259\.0.*: does not exist/,
      /- download: http:\/\/127\.0\.0\.1.* cannot be reached \(.*\); .*ATOLL_PULUMI_RELEASES/,
      /- build from Go modules: go is not on PATH: install Go 1\.26 or newer/,
    ]) {
      assert.match(out, way);
    }
    assert.doesNotMatch(out, /\n\s+at /);
  });

  test("the output of a failed compiler is shown", async () => {
    sandbox.go({ fails: "write /tmp/x: no space left on device" });
    const { out } = await sandbox.engine().ended;
    assert.match(out, /the disk is full: the build needs about 4 GB/);
  });

  test("a cache that cannot be written is named", async () => {
    writeFileSync(sandbox.cache, "a file");
    const { code, out } = await sandbox.engine().ended;
    assert.equal(code, 1);
    assert.match(out, /- cache: cannot write .*cache.*: .*or set ATOLL_CACHE/);
  });
});
