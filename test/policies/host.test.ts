/** How a pack is started for the engine: the port on success, the error and a code other than 0 on failure. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";

const root = path.resolve(import.meta.dirname, "../..");
const host = path.join(root, "cli/engine/policy-host.mjs");
const folder = mkdtempSync(path.join(tmpdir(), "atoll-pack-"));
after(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

function start(args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, [host, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (bytes: Buffer) => {
    stderr += bytes.toString();
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once("close", (code) => resolve({ code, stderr })),
  );
  return { child, ended };
}

function broken(program: string): Promise<Ended> {
  writeFileSync(path.join(folder, "package.json"), '{ "version": "1.0.0", "type": "module" }');
  writeFileSync(path.join(folder, "index.js"), program);
  return start(["127.0.0.1:1", "."], folder).ended;
}

describe("the host of policy packs", () => {
  test("serves this project's pack and prints its port", async () => {
    const { child, ended } = start(["127.0.0.1:1", "."], path.join(root, "policies"));
    const printed = await Promise.race([
      new Promise<string>((resolve) =>
        child.stdout.once("data", (bytes) => resolve(String(bytes))),
      ),
      ended.then(({ stderr }) => stderr),
    ]);
    child.kill();
    await ended;
    assert.match(printed, /^\d+\n$/);
  });

  test("ends when its engine is killed", async () => {
    const args = JSON.stringify([host, "127.0.0.1:1", "."]);
    const engine = spawn(
      process.execPath,
      [
        "-e",
        `require("node:child_process").spawn(process.execPath, ${args}, { stdio: "inherit" })`,
      ],
      { cwd: path.join(root, "policies"), stdio: ["ignore", "pipe", "ignore"] },
    );
    await new Promise((resolve) => engine.stdout.once("data", resolve));
    engine.kill("SIGKILL");
    // The pipe ends when no process has it open, including the pack.
    await new Promise((resolve) => engine.stdout.once("end", resolve).resume());
    assert.equal(engine.signalCode, "SIGKILL");
  });

  test("ends with a code other than 0 when the pack throws, and shows the error", async () => {
    const { code, stderr } = await broken('throw new Error("broken on purpose");');
    assert.equal(code, 32);
    assert.match(stderr, /broken on purpose/);
  });

  test("shows only the message of a user error", async () => {
    const { code, stderr } = await broken(
      'throw Object.assign(new Error("set the thing"), { __pulumiRunError: true });',
    );
    assert.equal(code, 32);
    assert.match(stderr, /set the thing/);
    assert.doesNotMatch(stderr, /^\s+at /m);
  });

  test("ends with a code other than 0 when the pack rejects later", async () => {
    const { code, stderr } = await broken(
      'setTimeout(() => Promise.reject(new Error("too late")), 50);',
    );
    assert.notEqual(code, 0);
    assert.match(stderr, /too late/);
  });

  test("refuses to start without a pack", async () => {
    const { code, stderr } = await start(["127.0.0.1:1"], folder).ended;
    assert.equal(code, 2);
    assert.match(stderr, /^usage: policy-host\.mjs/);
  });
});
