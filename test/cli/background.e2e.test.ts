// Plain Pulumi with the background server of `atoll env`. What these tests cannot prove: fish and PowerShell.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { findServer } from "../../cli/engine/background.ts";
import { isAlive } from "../../cli/engine/locks.ts";
import { rehearsalFolders } from "../../cli/engine/rehearsal.ts";
import { configDirectory, configFile, listStacks } from "../../footprint/files/config-files.ts";
import { Atoll } from "../e2e/atoll.ts";

describe("the background server", () => {
  const atoll = new Atoll();
  const folders = rehearsalFolders(atoll.rehearsal());
  let exports = "";

  before(async () => {
    const { code, stdout, stderr } = await atoll.run(["env"]);
    assert.equal(code, 0, stderr);
    exports = stdout;
  });
  after(async () => {
    await atoll.run(["env", "--stop"]);
    atoll.remove();
  });

  test("serves plain Pulumi: the environment's preview runs on the embedded cloud, and succeeds", () => {
    const script = `${exports}\nexec pulumi preview -s local --non-interactive --config-file "$CONFIG"`;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", script], {
      encoding: "utf8",
      env: {
        ...process.env,
        CONFIG: `${folders.config}/Pulumi.local.yaml`,
        PULUMI_ACCESS_TOKEN: "must not be used",
      },
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /\+ \d+ to create/);
  });

  test("lets plain Pulumi add the stack's salt to a config file of the sample, and nothing else", () => {
    for (const stack of listStacks(atoll.configDir)) {
      const source = readFileSync(path.join(configDirectory(), configFile(stack)), "utf8");
      const copy = path.join(folders.root, "salted.yaml");
      writeFileSync(copy, source);
      const script = `${exports}\nexec pulumi config set --secret atoll:probe x -s ${stack} --config-file "$COPY"`;
      const { status, stderr } = spawnSync("sh", ["-c", script], {
        encoding: "utf8",
        env: { ...process.env, COPY: copy },
      });
      assert.equal(status, 0, stderr);
      const salted = readFileSync(copy, "utf8").split("\n");
      const added = /^(encryptionsalt: | {2}atoll:probe:$| {4}secure: )/;
      assert.deepEqual(
        salted.filter((line) => !added.test(line)),
        source.split("\n"),
      );
      assert.ok(salted.some((line) => line.startsWith("encryptionsalt: ")));
    }
  });

  test("is reused while it is running", async () => {
    const first = await findServer(folders);
    const { stdout } = await atoll.run(["env"]);
    assert.equal((await findServer(folders))?.pid, first?.pid);
    assert.equal(stdout, exports);
  });

  test("prints neither the user's passphrase nor what npm added to the PATH", async () => {
    const bin = path.join(import.meta.dirname, "../../node_modules/.bin");
    const added = ["/x/node_modules/.bin", "/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin"];
    const variables = {
      PULUMI_CONFIG_PASSPHRASE: "of the user",
      PATH: [...added, bin, process.env.PATH].join(path.delimiter),
    };
    const json = await atoll.run(["env", "--json"], variables);
    const text = await atoll.run(["env"], variables);
    assert.doesNotMatch(json.stdout + text.stdout + json.stderr + text.stderr, /of the user/);
    assert.doesNotMatch(text.stdout, /PASSPHRASE=/);
    const result = JSON.parse(json.stdout);
    assert.equal(result.passphraseFrom, "PULUMI_CONFIG_PASSPHRASE");
    const folders: string[] = result.variables.PATH.split(path.delimiter);
    assert.equal(new Set(folders).size, folders.length);
    for (const folder of added) assert.ok(!folders.includes(folder), folder);
    assert.ok(folders.includes(bin));
  });

  test("refuses requests without its token", async () => {
    const { port } = JSON.parse(readFileSync(`${folders.root}/server-card.json`, "utf8"));
    const unauthenticated = await fetch(`http://127.0.0.1:${port}/`, { method: "DELETE" });
    assert.equal(unauthenticated.status, 403);
    assert.ok(await findServer(folders));
  });

  test("stops on request, once", async () => {
    await atoll.run(["env"]);
    const server = await findServer(folders);
    assert.ok(server && isAlive(server.pid));
    assert.match((await atoll.run(["env", "--stop"])).stderr, /has ended/);
    assert.equal(isAlive(server.pid), false);
    assert.match((await atoll.run(["env", "--stop"])).stderr, /no background server/);
  });

  test("stops by itself when no engine has used it for a while, and removes its file", async () => {
    const { code, stderr } = await atoll.run(["env"], { ATOLL_SERVER_IDLE_SECONDS: "5" });
    assert.equal(code, 0, stderr);
    const server = await findServer(folders);
    while (existsSync(`${folders.root}/server-card.json`)) await wait(200);
    while (server && isAlive(server.pid)) await wait(50);
    assert.equal(await findServer(folders), undefined);
  });
});
