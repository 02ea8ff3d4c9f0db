// A policy pack with the helper that the engine starts. What these tests cannot prove: that an engine uses the port; every end-to-end
// test does.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { startPack } from "../../../cli/engine/pack.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const helper = path.join(root, "cli/engine/bin/pulumi-analyzer-policy-nodejs");
const folder = mkdtempSync(path.join(tmpdir(), "atoll-pack-test-"));
after(() => rmSync(folder, { recursive: true }));

function ask(pack: string, variables: Readonly<Record<string, string>>) {
  return spawn(helper, ["127.0.0.1:1", "."], {
    cwd: pack,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function answers(port: number): Promise<boolean> {
  const socket = net.connect(port, "127.0.0.1");
  const connected = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return connected;
}

describe("a pack that is started with the engine", () => {
  test("serves on the port that the engine's helper prints, until it is stopped", async () => {
    const policies = path.join(root, "policies");
    const pack = startPack(policies, "local", process.env);
    const asked = ask(policies, pack.variables);
    const [printed] = await once(asked.stdout, "data");
    const port = Number(printed);
    assert.equal(await answers(port), true);
    assert.equal(asked.exitCode, null, "the helper lives as long as the engine needs the pack");
    asked.kill("SIGINT");
    await once(asked, "close");
    assert.equal(await answers(port), true, "the pack outlives the helper");
    pack.stop();
    while (await answers(port));
  });

  test("lets the helper end when its engine is killed", async () => {
    const policies = path.join(root, "policies");
    const pack = startPack(policies, "local", process.env);
    const program = `require("node:child_process").spawn(${JSON.stringify(helper)}, ["127.0.0.1:1", "."], { stdio: "inherit" })`;
    const engine = spawn(process.execPath, ["-e", program], {
      cwd: policies,
      env: { ...process.env, ...pack.variables },
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(engine.stdout, "data");
    engine.kill("SIGKILL");
    // The pipe closes when the helper has ended as well.
    await once(engine.stdout.resume(), "end");
    pack.stop();
    assert.equal(engine.signalCode, "SIGKILL");
  });

  test("is started again by the helper when it fails, so that the engine gets the error", async () => {
    writeFileSync(path.join(folder, "package.json"), '{ "version": "1.0.0", "type": "module" }');
    writeFileSync(path.join(folder, "index.js"), 'throw new Error("broken on purpose");');
    const said: string[] = [];
    const pack = startPack(folder, "local", process.env, (text) => said.push(text));
    const asked = ask(folder, pack.variables);
    let stderr = "";
    asked.stderr.on("data", (bytes) => {
      stderr += bytes;
    });
    const [code] = await once(asked, "close");
    pack.stop();
    assert.equal(code, 32);
    assert.match(stderr, /broken on purpose/);
    assert.match(said.join(""), /broken on purpose/);
  });
});
