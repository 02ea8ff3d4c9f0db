// A tenant that moves between all tiers and leaves, on an on-premises cell of a permanent environment, by the real engine. What these
// tests cannot prove: that data is copied, which is the operator's work on real clouds, and what real clouds keep after a deletion.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { parse } from "yaml";
import { Atoll } from "./atoll.ts";

const cell = "local.onprem-sel";
const tiers = ["basic", "business", "enterprise"] as const;

describe("the life of a tenant", () => {
  const atoll = new Atoll(undefined, true);
  after(() => atoll.remove());
  const file = (stack: string) => path.join(atoll.configDir, `Pulumi.${stack}.yaml`);
  const manifest = () => parse(readFileSync(file("local.acme"), "utf8")).config["atoll:manifest"];
  const clusters = () =>
    atoll
      .deployed()
      .filter(({ urn, type }) => urn.includes("::acme") || /:Cluster$/.test(type))
      .filter(({ urn }) => urn.startsWith("urn:pulumi:local.acme::") && urn.includes("cnpg"))
      .map(({ type }) => type)
      .filter((type) => type.endsWith(":Cluster"));
  const move = (...args: string[]) => atoll.run(["tenant", "move", "acme", "--yes", ...args]);

  test("begins on a cell with a database", async () => {
    const { database } = parse(readFileSync(file(cell), "utf8")).config["atoll:manifest"];
    const { secrets } = parse(readFileSync(file(cell), "utf8")).config["atoll:manifest"];
    atoll.withoutServices("local");
    atoll.edit("local", (given) => {
      for (const section of ["budget", "deployers"]) delete given[section];
      Object.assign(given, { lifetime: "permanent" });
      const { tiers: named } = given.tenancy as { tiers: Record<string, Record<string, unknown>> };
      for (const [name, tier] of Object.entries(named)) {
        const of: Record<string, string> = {
          basic: "pool",
          business: "bridge",
          enterprise: "silo",
        };
        tier.isolation = { default: "pool", database: of[name] };
        tier.database = name === "enterprise" ? { cluster: {} } : {};
      }
    });
    for (const stack of ["aws-use1", "gcp-euw1", "birch", "cedar"]) atoll.delete(`local.${stack}`);
    atoll.withoutServices(cell);
    atoll.edit("local.maple", (given) => delete given.stream);
    atoll.edit(cell, (given) => {
      Object.assign(given, { database, secrets });
      delete (given.database as Record<string, unknown>).replicateTo;
    });
    await atoll.json(["up", "local"]);
    const made = await atoll.run([
      ...["tenant", "new", "acme", "--cell", "onprem-sel", "--tier", "basic", "--no-up"],
    ]);
    assert.equal(made.code, 0, made.stderr);
    atoll.edit("local.acme", (given) => {
      Object.assign(given, { database: { databases: { app: {} } } });
    });
    await atoll.json(["up", "local.acme"]);
    assert.deepEqual(clusters(), []);
  });

  test("is refused a move that is not possible, and nothing is changed", async () => {
    const before = readFileSync(file("local.acme"), "utf8");
    for (const [args, message] of [
      [["--tier", "platinum"], /must be a tier of the environment/],
      [["--cell", "aws-use2"], /must be a cell of local/],
      [["--tier", "basic"], /is there already/],
      [["--continue"], /is not moved/],
    ] as const) {
      const refused = await move(...args);
      assert.equal(refused.code, 2, refused.stderr);
      assert.match(refused.stderr, message);
    }
    assert.equal(readFileSync(file("local.acme"), "utf8"), before);
  });

  test("has both databases during a move, and only the new one after the last step", async () => {
    const old = atoll.managed("local.acme").filter((urn) => urn.includes("onprem-sel-database"));
    assert.notEqual(old.length, 0);
    const stopped = await move("--tier", "enterprise");
    assert.equal(stopped.code, 0, stopped.stderr);
    assert.match(stopped.stdout, /stops before delete/);
    const both = atoll.managed("local.acme");
    for (const urn of old) assert.ok(both.includes(urn), `${urn} is gone before the last step`);
    assert.equal(clusters().length, 1);
    assert.equal(manifest().tier, "enterprise");
    assert.equal(manifest().moving.stage, "cut-over");
    const ended = await move("--continue", "--delete-old");
    assert.equal(ended.code, 0, ended.stderr);
    const now = atoll.managed("local.acme");
    for (const urn of old) assert.ok(!now.includes(urn), `${urn} is still there`);
    assert.equal(clusters().length, 1);
    assert.equal(manifest().moving, undefined);
  });

  test("can go back after a cut-over", async () => {
    const before = atoll.managed("local.acme");
    assert.equal((await move("--tier", "business")).code, 0);
    const back = await move("--roll-back", "--delete-old");
    assert.equal(back.code, 0, back.stderr);
    assert.deepEqual(atoll.managed("local.acme"), before);
    assert.equal(manifest().tier, "enterprise");
  });

  test("goes through all other pairs of tiers", async () => {
    const walk = ["business", "basic", "business", "enterprise", "basic"];
    for (const tier of walk) {
      const ended = await move("--tier", tier, "--delete-old");
      assert.equal(ended.code, 0, ended.stderr);
      assert.equal(clusters().length, tier === "enterprise" ? 1 : 0, tier);
    }
    assert.equal(walk.length, tiers.length * 2 - 1);
  });

  test("does not end under a legal hold, nor without a key", async () => {
    const offboard = ["tenant", "offboard", "acme", "--yes"];
    const before = atoll.managed("local.acme");
    const keyless = await atoll.run(offboard);
    assert.equal(keyless.code, 2);
    atoll.edit("local.acme", (given) => {
      Object.assign(given, { legalHold: { reason: "case 17", until: "2999-01-01" } });
    });
    const held = await atoll.run(offboard);
    assert.equal(held.code, 2);
    assert.match(held.stderr, /legal hold until 2999-01-01: case 17/);
    assert.deepEqual(atoll.managed("local.acme"), before);
    atoll.edit("local.acme", (given) => delete given.legalHold);
  });

  test("ends with a certificate; nothing is left, and the others are untouched", async () => {
    const others = () =>
      atoll
        .deployed()
        .filter(({ stack }) => stack !== "local.acme")
        .map(({ urn, id, state }) => ({ urn, id, state }));
    const before = others();
    const pair = generateKeyPairSync("ed25519");
    const key = path.join(atoll.folder, "signing.pem");
    const pub = path.join(atoll.folder, "signing.pub");
    writeFileSync(key, pair.privateKey.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(pub, pair.publicKey.export({ type: "spki", format: "pem" }));
    const output = path.join(atoll.folder, "acme.json");
    const ended = await atoll.run([
      ...["tenant", "offboard", "acme", "--yes", "--key", key, "--output", output],
    ]);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    assert.deepEqual(
      atoll.deployed().filter(({ stack, inputs }) => {
        const text = JSON.stringify(inputs);
        return stack === "local.acme" || /tenant"?:"acme"|tenant-acme-/.test(text);
      }),
      [],
    );
    assert.deepEqual(others(), before);
    assert.equal(existsSync(file("local.acme")), false);
    const { certificate } = JSON.parse(readFileSync(output, "utf8"));
    assert.notEqual(certificate.before["tenant-namespaces"].length, 0);
    assert.deepEqual(certificate.after, {});
    const verify = ["tenant", "certificate", "verify", output, "--key", pub];
    assert.equal((await atoll.run(verify)).code, 0);
    writeFileSync(
      output,
      readFileSync(output, "utf8").replace('"tenant": "acme"', '"tenant": "ash"'),
    );
    assert.equal((await atoll.run(verify)).code, 1);
  });
});
