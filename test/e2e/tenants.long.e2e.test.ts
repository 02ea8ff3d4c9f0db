// Tenants on an on-premises cell, by the real engine. What these tests cannot prove: what real API servers do with the objects, and
// that `up --tenants` asks on real clouds.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { Atoll, of } from "./atoll.ts";

const cell = "local.onprem-sel";

describe("tenants", () => {
  const atoll = new Atoll(undefined, true);
  after(() => atoll.remove());
  const file = (stack: string) => path.join(atoll.configDir, `Pulumi.${stack}.yaml`);
  const namespacesOf = (tenant: string) =>
    atoll
      .deployed()
      .filter(({ urn }) => urn.includes("core/v1:Namespace") && urn.includes(`::onprem-sel-`))
      .filter(({ urn }) => urn.startsWith(`urn:pulumi:local.${tenant}::`));

  test("come up with their environment, after their cell", async () => {
    atoll.withoutServices("local");
    atoll.edit("local", (manifest) => {
      for (const section of ["budget", "deployers"]) delete manifest[section];
    });
    for (const stack of ["aws-use1", "gcp-euw1", "birch", "cedar"]) atoll.delete(`local.${stack}`);
    atoll.withoutServices(cell);
    // The cell has no services here.
    atoll.edit("local.maple", (manifest) => {
      for (const section of ["database", "stream"]) delete manifest[section];
    });
    const run = await atoll.json(["up", "local"]);
    assert.deepEqual(
      run.stacks.map(({ stack, status }) => [stack, status]),
      [
        ["local", "done"],
        [cell, "done"],
        ["local.maple", "done"],
      ],
    );
    assert.equal(namespacesOf("maple").length, 1);
    const again = await atoll.json(["up", "local"]);
    for (const { stack, created, updated, deleted, replaced } of again.stacks)
      assert.deepEqual([stack, created + updated + deleted + replaced], [stack, 0]);
  });

  test("are created by one command, and others stay as they are", async () => {
    const before = atoll.managed("local.maple");
    const run = await atoll.json([
      "tenant",
      "new",
      "acme",
      "--cell",
      "onprem-sel",
      "--tier",
      "basic",
    ]);
    assert.deepEqual(
      run.stacks.map(({ stack, status }) => [stack, status]),
      [["local.acme", "done"]],
    );
    assert.equal(namespacesOf("acme").length, 1);
    assert.deepEqual(atoll.managed("local.maple"), before);
    const plain = await atoll.run(["pulumi", "--", "preview", "-s", "local.acme"]);
    assert.equal(plain.code, 0, plain.stdout + plain.stderr);
  });

  test("are refused with everything that is wrong, and nothing is written", async () => {
    const refused = await atoll.run([
      "tenant",
      "new",
      "acme-eu",
      "--cell",
      "onprem-sal",
      "--tier",
      "basic",
    ]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /must not begin with the id of tenant acme and a hyphen/);
    assert.match(refused.stderr, /must be a cell of local, did you mean "onprem-sel"/);
    assert.equal(existsSync(file("local.acme-eu")), false);
  });

  test("of a list with one wrong line are not imported, and all of a right one are", async () => {
    const list = path.join(atoll.folder, "tenants.csv");
    writeFileSync(list, "id,tier,cell\nash,basic,onprem-sel\nelm,basik,onprem-sel\n");
    const refused = await atoll.run(["tenant", "import", list]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /tenants\.csv:3: local\.elm: tier: .*did you mean "basic"/);
    assert.equal(existsSync(file("local.ash")), false);
    writeFileSync(list, "id,tier,cell\nash,basic,onprem-sel\nelm,basic,onprem-sel\n");
    const done = await atoll.run(["tenant", "import", list]);
    assert.equal(done.code, 0, done.stderr);
    assert.ok(existsSync(file("local.ash")) && existsSync(file("local.elm")));
  });

  test("are deployed as a fleet; a failure stops the next waves, and the next run continues", async () => {
    atoll.edit("local.acme", (manifest) => Object.assign(manifest, { hooks: "./broken.ts" }));
    writeFileSync(path.join(atoll.configDir, "broken.ts"), "throw new Error('a broken hook');\n");
    const stopped = await atoll.json(["up", "local", "--tenants"], 1);
    assert.equal(of(stopped, "local.acme").status, "failed");
    assert.deepEqual(
      ["ash", "elm", "maple"].map((id) => of(stopped, `local.${id}`).status),
      ["skipped", "skipped", "skipped"],
    );
    const others = await atoll.json(["up", "local", "--tenants", "id=ash|elm|maple"]);
    assert.equal(others.exitCode, 0);
    atoll.edit("local.acme", (manifest) => delete manifest.hooks);
    writeFileSync(path.join(atoll.configDir, "broken.ts"), "export default {};\n");
    const continued = await atoll.json(["up", "local", "--tenants"]);
    assert.equal(of(continued, "local.acme").status, "done");
  });

  test("that are suspended can run no pods and have no traffic, and keep their namespaces", async () => {
    const before = namespacesOf("acme").map(({ urn }) => urn);
    const ended = await atoll.run(["tenant", "suspend", "acme"]);
    assert.equal(ended.code, 0, ended.stderr);
    const quota = atoll
      .deployed()
      .find(
        ({ urn }) => urn.startsWith("urn:pulumi:local.acme::") && urn.includes("ResourceQuota"),
      );
    assert.match(JSON.stringify(quota), /"pods":"0"/);
    assert.deepEqual(
      namespacesOf("acme").map(({ urn }) => urn),
      before,
    );
    assert.equal((await atoll.run(["tenant", "resume", "acme"])).code, 0);
  });

  test("are destroyed alone, and a cell is not while it has tenants", async () => {
    const refused = await atoll.run(["destroy", cell, "--yes"]);
    assert.equal(refused.code, 2, refused.stderr);
    assert.match(refused.stderr, /local\.acme|local\.maple/);
    await atoll.json(["destroy", "local.acme", "--yes"]);
    assert.deepEqual(namespacesOf("acme"), []);
    assert.equal(namespacesOf("maple").length, 1);
    await atoll.json(["destroy", "local", "--yes"]);
    assert.deepEqual(atoll.managed("local.maple"), []);
  });
});
