// A small footprint: one on-premises cell with a database. What these tests cannot prove: that real providers find the same drift,
// and that `up` asks on real clouds, which needs a provider; test/cli/agree.test.ts tests the question.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { parse, stringify } from "yaml";
import { deploy } from "../../cli/engine/deploy.ts";
import { withEnvironment } from "../../cli/engine/environment.ts";
import { standardIo } from "../../cli/io.ts";
import { staysAfterDestroy } from "../../components/core/kept.ts";
import { silent } from "../cli/engine/fixture.ts";
import { Atoll, changes, of } from "./atoll.ts";

const cell = "local.onprem-sel";
const other = "local.onprem-pus";
const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy database-namespace-dns";
const priority = "kubernetes:scheduling.k8s.io/v1:PriorityClass node-pools-priority-batch";

describe("one cell", () => {
  const atoll = new Atoll();
  after(() => atoll.remove());
  const file = (stack: string) => path.join(atoll.configDir, `Pulumi.${stack}.yaml`);
  const databaseOf = () =>
    parse(readFileSync(`stacks/config/Pulumi.${cell}.yaml`, "utf8")).config["atoll:manifest"]
      .database;
  const urnOf = (resource: string) => {
    const [type = "", name = ""] = resource.split(" ");
    const found = atoll.deployed().find(({ urn }) => urn.endsWith(`${type}::${name}`));
    assert.ok(found, resource);
    return found.urn;
  };

  test("of a rehearsal that is not deployed is deployed after its environment, and no other cell is", async () => {
    atoll.withoutServices("local");
    atoll.edit("local", (manifest) => {
      for (const section of ["budget", "deployers"]) delete manifest[section];
    });
    for (const stack of ["local.aws-use1", "local.gcp-euw1"]) atoll.delete(stack);
    atoll.withoutServices(cell);
    atoll.edit(cell, (manifest) => Object.assign(manifest, { database: databaseOf() }));
    const second = parse(readFileSync(file(cell), "utf8"));
    Object.assign(second.config["atoll:manifest"], { site: "Busan", cidr: "10.41.0.0/16" });
    writeFileSync(file(other), stringify(second));

    const run = await atoll.json(["up", cell]);
    assert.deepEqual(
      run.stacks.map(({ stack, status }) => [stack, status]),
      [
        ["local", "done"],
        [cell, "done"],
      ],
    );
    assert.ok(atoll.managed(cell).length > 20);
    assert.deepEqual(atoll.managed(other), []);
  });

  test("can be previewed by atoll and by plain Pulumi while the file of another cell cannot be read", async () => {
    writeFileSync(file(other), "config: [1,\n  a: b");
    const run = await atoll.json(["preview", cell]);
    assert.deepEqual([run.stacks.length, changes(run, cell)], [1, {}]);
    const plain = await atoll.run(["pulumi", "--", "preview", "-s", cell]);
    assert.equal(plain.code, 0, plain.stdout + plain.stderr);
    const whole = await atoll.run(["preview", "local", "--format", "markdown"]);
    assert.equal(whole.code, 2);
    assert.match(whole.stdout, /\*\*Failed\*\* \(`footprint-invalid`\)[\s\S]*onprem-pus\.yaml/);
    assert.match(whole.stderr, /onprem-pus\.yaml:2:\d+: is not YAML/);
  });

  test("shows drift by resource and property, and nothing else", async () => {
    const [changed, gone] = [urnOf(priority), urnOf(policy)];
    atoll.atConsole((console) => {
      console.change(changed, { description: "by hand", metadata: { labels: { who: "me" } } });
      console.delete(gone);
    });
    const { drift } = of(await atoll.json(["preview", cell, "--refresh"]), cell);
    const found = Object.fromEntries(
      drift.map(({ urn, kind, differences }) => [urn, { kind, differences }]),
    );
    assert.deepEqual(found[gone], { kind: "gone", differences: [] });
    assert.deepEqual(found[changed]?.differences.map(({ property, is }) => [property, is]).sort(), [
      ["description", "by hand"],
      ["metadata.labels.who", "me"],
    ]);
    assert.equal(drift.length, 2);
  });

  test("reverts drift in an update with --refresh, and reports it", async () => {
    const ended = await atoll.run(["up", cell, "--refresh"]);
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stdout, /description: "by hand" instead of "Jobs that can wait/);
    assert.match(ended.stdout, /NetworkPolicy database-namespace-dns no longer exists/);
    assert.ok(
      ended.stdout.split("\n").every((line) => line.length <= 80),
      ended.stdout,
    );
    urnOf(policy);
  });

  test("that no manifest describes any more is named, and can be destroyed by its name", async () => {
    const described = readFileSync(file(cell), "utf8");
    writeFileSync(file(other), described.replace("Seoul", "Busan").replace("10.40.", "10.41."));
    atoll.delete(cell);
    const shown = await atoll.run(["preview", "local"]);
    assert.equal(shown.code, 0, shown.stderr);
    const text = shown.stdout.replaceAll(/\n {2,}/g, " ");
    assert.ok(text.includes("no manifest describes it"), text);
    const { orphans } = await atoll.json(["preview", "local"]);
    assert.deepEqual(
      orphans.map(({ stack }) => stack),
      [cell],
    );
    assert.match(text, /local\.onprem-sel \(\d+ resources\): restore Pulumi\.local\.onprem-sel/);
    const doctor = await atoll.run(["doctor", "local"]);
    assert.match(doctor.stdout, /stack local\.onprem-sel .*no manifest/s);

    await atoll.json(["destroy", cell, "--yes"]);
    assert.deepEqual(atoll.managed(cell), []);
    const misspelled = await atoll.run(["destroy", "local.onprem-bus", "--yes"]);
    assert.equal(misspelled.code, 2);
    assert.match(misspelled.stderr, /no such cell.*local\.onprem-pus/);
    writeFileSync(file(cell), described);
    // Its archive still has the backups of the first generation.
    atoll.edit(cell, ({ database }) => Object.assign(database ?? {}, { generation: 2 }));
    atoll.delete(other);
    assert.equal((await atoll.run(["up", cell])).code, 0);
  });

  test("is not changed when it would lose more than was confirmed, once its environment has changed", async (t) => {
    const variables = { ATOLL_STATE_DIR: atoll.stateDir, ATOLL_CONFIG_DIR: atoll.configDir };
    const before = { ...process.env };
    Object.assign(process.env, variables);
    t.after(() => {
      for (const name of Object.keys(variables)) delete process.env[name];
      Object.assign(process.env, before);
    });
    atoll.edit("local", (manifest) =>
      Object.assign(manifest, { audit: { onprem: { logPath: "/var/log/audit.log" } } }),
    );
    const io = standardIo({}, []);
    const [shown, done] = await withEnvironment(
      io,
      { asked: "local" },
      async ({ session, stacks }) => {
        const previews = await deploy(session, { operation: "preview", stacks }, silent);
        atoll.edit(cell, (manifest) => delete manifest.database);
        const agreed = new Map(
          previews.flatMap(({ stack, result }) => (result ? [[stack, result]] : [])),
        );
        return [previews, await deploy(session, { operation: "up", stacks, agreed }, silent)];
      },
    );
    assert.deepEqual(
      shown.map(({ status }) => status),
      ["done", "done"],
    );
    assert.deepEqual(
      done.map(({ status, failure }) => [status, failure?.code]),
      [
        ["done", undefined],
        ["failed", "plan-changed"],
      ],
    );
    assert.match(done[1]?.failure?.message ?? "", /replace or delete .*Cluster database/);
    urnOf(policy);
    atoll.edit(cell, (manifest) => Object.assign(manifest, { database: databaseOf() }));
  });

  test("names what it would delete, and does not start where that is protected", async () => {
    atoll.edit("local", (manifest) => Object.assign(manifest, { lifetime: "permanent" }));
    assert.equal((await atoll.run(["up", cell])).code, 0, "protects it");
    atoll.edit(cell, (manifest) => delete manifest.database);
    const { code, stdout, stderr } = await atoll.run(["preview", cell]);
    assert.equal(code, 2, stdout + stderr);
    const lines = stdout.split("\n").filter((line) => line.includes(`${cell}: delete `));
    assert.ok(lines.length > 5, stdout);
    const held = lines.map((line) => line.includes("(protected)"));
    assert.deepEqual(
      held,
      held.toSorted((a, b) => Number(b) - Number(a)),
      "protected ones first",
    );
    assert.ok(held[0], stdout);
    assert.match(stderr, /would replace or delete protected resources: .*Cluster database/);
    assert.doesNotMatch(stderr, /was done is kept/);
  });

  test("can be destroyed alone, without its environment", async () => {
    const refused = await atoll.run(["destroy", cell, "--lift-protection"]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /destroying local\.onprem-sel was not confirmed.*\n.*--yes/);
    await atoll.json(["destroy", cell, "--lift-protection", "--yes"]);
    assert.deepEqual(atoll.managed(cell), []);
    const left = atoll.deployed().filter(({ type }) => !staysAfterDestroy(type));
    assert.deepEqual(left, []);
  });
});
