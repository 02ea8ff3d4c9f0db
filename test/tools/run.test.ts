// What these tests cannot prove: key presses on a terminal, for which they would need a process group with one.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { chooseNode, packagedNode } from "../../tools/setup/runtime.mjs";
import { Sandbox, skip } from "./sandbox.ts";

const project = path.resolve(import.meta.dirname, "../..");

describe("the selected Node", () => {
  test("is the packaged one where it runs, or else the running one if it is new enough", () => {
    const old = { version: "20.1.0", path: "/usr/bin/node" };
    const fresh = { version: "26.0.0", path: "/opt/node" };
    assert.equal(chooseNode("/clone", "24.0.0", old), packagedNode("/clone"));
    assert.equal(chooseNode("/clone", null, fresh), "/opt/node");
    assert.throws(() => chooseNode("/clone", null, old), /this is 20\.1\.0, .*: install Node 24/);
  });
});

describe("tools/run.mjs", { skip }, () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = new Sandbox();
    const empty = JSON.stringify({ lockfileVersion: 3, packages: {} });
    sandbox.write("package-lock.json", empty);
    sandbox.write("node_modules/.package-lock.json", empty);
  });
  afterEach(() => sandbox.remove());

  test("passes arguments to the command and ends with its exit code", async () => {
    sandbox.write(
      "cli/main.ts",
      "console.log(JSON.stringify(process.argv.slice(2))); process.exit(3);",
    );
    const { code, out, err } = await sandbox.launch(["up", "prod", "--json", "a b"]).ended;
    assert.deepEqual([code, out, err], [3, '["up","prod","--json","a b"]\n', ""]);
  });

  test("puts the clone's programs first on PATH, and hides warnings about experimental features", async () => {
    sandbox.write(
      "cli/main.ts",
      `import "node:sqlite"; console.log(process.env.PATH?.split(":")[0]); process.emitWarning("shown");`,
    );
    const { out, err } = await sandbox.launch([]).ended;
    assert.equal(out, `${path.join(sandbox.root, "node_modules", ".bin")}\n`);
    assert.match(err, /shown/);
    assert.doesNotMatch(err, /Experimental/);
  });

  test("forwards a signal once, even if it is repeated immediately", async () => {
    sandbox.write(
      "cli/main.ts",
      `import { appendFileSync } from "node:fs";
       const log = (line: string) => appendFileSync(${JSON.stringify(sandbox.log)}, line + "\\n");
       let count = 0;
       process.on("SIGINT", () => { count += 1; setTimeout(() => { log("ends"); process.exit(40 + count); }, 300); });
       setInterval(() => {}, 1000);
       log("ready");`,
    );
    const { child, ended } = sandbox.launch(["up"]);
    await sandbox.waitFor("ready");
    child.kill("SIGINT");
    child.kill("SIGINT");
    assert.equal((await ended).code, 41);
    assert.ok(sandbox.lines().includes("ends"), "it ended before the command did");
  });

  test("reports a command that ended by a signal as a shell does", async () => {
    sandbox.write("cli/main.ts", "process.kill(process.pid, 'SIGKILL');");
    assert.equal((await sandbox.launch([]).ended).code, 137);
  });

  test("runs a script of the project by name, and lists all scripts for an unknown name", async () => {
    sandbox.write("bench/index.ts", "console.log('bench', process.argv[2]);");
    const { code, out } = await sandbox.launch(["--script", "bench", "quick"]).ended;
    assert.deepEqual([code, out], [0, "bench quick\n"]);
    const wrong = await sandbox.launch(["--script", "toString"]).ended;
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /unknown script "toString"; the scripts are check, generate, bench/);
  });

  test("works through a symbolic link, as with npx", async () => {
    sandbox.write("cli/main.ts", "console.log('linked');");
    mkdirSync(path.join(sandbox.root, "node_modules", ".bin"), { recursive: true });
    const link = path.join(sandbox.root, "node_modules", ".bin", "atoll");
    symlinkSync("../../tools/run.mjs", link);
    assert.equal((await sandbox.start([link]).ended).out, "linked\n");
  });

  test("reports the required version on an old Node, with exit code 2", async () => {
    const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.1" } });`;
    const { code, err } = await sandbox.start([
      "--import",
      `data:text/javascript,${encodeURIComponent(pretend)}`,
      path.join(sandbox.root, "tools/run.mjs"),
    ]).ended;
    assert.equal(code, 2);
    assert.match(err, /^atoll needs Node 20 or newer .* install a newer Node/);
  });
});

describe("tools/check.ts", { skip }, () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = new Sandbox();
    const empty = JSON.stringify({ lockfileVersion: 3, packages: {} });
    sandbox.write("package-lock.json", empty);
    sandbox.write("node_modules/.package-lock.json", empty);
    sandbox.pulumi("v3.260.0");
    sandbox.write("node_modules/typescript-native/bin/tsc", "process.exit(1);");
    sandbox.write(
      "node_modules/@biomejs/biome/bin/biome",
      "console.log('lint says', ...process.argv.slice(2));",
    );
    sandbox.write(
      "tools/generate/index.ts",
      "if (!process.argv.includes('--check')) process.exit(1);",
    );
    sandbox.write("test/support/start.mjs", "");
    sandbox.write("test/one.test.ts", "import { test } from 'node:test'; test('one', () => {});");
    sandbox.write(
      "test/two.e2e.test.ts",
      "import { test } from 'node:test'; test('two', () => {});",
    );
  });
  afterEach(() => sandbox.remove());

  const check = (...steps: string[]) =>
    sandbox.launch(["--script", "check", ...steps], { NODE_TEST_CONTEXT: undefined }).ended;

  test("runs every step even if one fails, and lists failures and durations at the end", async () => {
    const { code, out } = await check();
    assert.equal(code, 1);
    assert.match(out, /ℹ tests 2\n[\s\S]*ℹ pass 2\n/);
    const closing = out.trim().split("\n").slice(-6);
    for (const [index, line] of [
      /^check: types \.\.\. \d+\.\d s, FAILED$/,
      /^check: lint \.\.\. \d+\.\d s, ok$/,
      /^check: generated \.\.\. \d+\.\d s, ok$/,
      /^check: engine \.\.\. \d+\.\d s, ok$/,
      /^check: tests \.\.\. \d+\.\d s, ok$/,
      /^check: failed: types$/,
    ].entries()) {
      assert.match(closing[index] ?? "", line);
    }
  });

  test("runs the long tests only as a step of their own", async () => {
    sandbox.write(
      "test/three.long.e2e.test.ts",
      "import { test } from 'node:test'; test('three', () => {});",
    );
    for (const [step, passed] of [
      ["tests", 2],
      ["e2e", 1],
      ["long", 1],
    ] as const) {
      const { code, out } = await check(step);
      assert.equal(code, 0, out);
      assert.match(out, new RegExp(`ℹ pass ${passed}\n`));
      assert.equal(out.includes("three"), step === "long", step);
    }
  });

  test("ends with 0 on success, and runs only the named steps", async () => {
    sandbox.write("node_modules/typescript-native/bin/tsc", "");
    const { code, out } = await check("types", "unit");
    assert.equal(code, 0, out);
    assert.match(out, /ℹ tests 1\n/);
    assert.doesNotMatch(out, /lint says|two/);
  });

  test("fails when a test fails, and when there are no tests", async () => {
    sandbox.write(
      "test/two.e2e.test.ts",
      "import { test } from 'node:test'; test('two', () => { throw 1; });",
    );
    const failing = await check("e2e");
    assert.equal(failing.code, 1);
    assert.match(failing.out, /ℹ fail 1\n/);
    rmSync(path.join(sandbox.root, "test"), { recursive: true });
    const none = await check("tests");
    assert.equal(none.code, 1);
    assert.match(none.out, /no tests found/);
  });

  test("fails, and runs the other steps, when there is no engine", async () => {
    const old = sandbox.pulumi("v3.1.0");
    const { code, out } = await check("engine", "unit");
    assert.equal(code, 1);
    assert.match(out, new RegExp(`- ${old}: version 3\\.1\\.0 is older`));
    assert.match(out, /ℹ pass 1\n[\s\S]*check: failed: engine\n$/);
  });

  test("refuses an unknown step", async () => {
    const { code, err } = await check("types", "typse");
    assert.equal(code, 2);
    assert.match(err, /unknown step typse; the steps are types, lint/);
  });
});

test("package.json's scripts and bin call tools/run.mjs with existing scripts", () => {
  const { scripts, bin } = JSON.parse(readFileSync(path.join(project, "package.json"), "utf8"));
  assert.deepEqual(bin, { atoll: "tools/run.mjs" });
  assert.equal(scripts.start, "node tools/run.mjs start");
  assert.equal(scripts.test, "node tools/run.mjs --script check");
  assert.deepEqual(
    Object.keys(scripts).filter((name) => /install|prepare/.test(name)),
    [],
  );
});
