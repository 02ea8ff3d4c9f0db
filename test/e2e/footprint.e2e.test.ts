// What these tests cannot prove: that the real clouds accept the footprint; see docs/rehearsal.md.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { parse } from "yaml";
import { Atoll, type RunJson, type StackJson } from "./atoll.ts";

const stacks = ["local", "local.aws-use1", "local.gcp-euw1", "local.onprem-sel"];

function of(run: RunJson, stack: string): StackJson {
  const found = run.stacks.find((each) => each.stack === stack);
  assert.ok(found, `no result for ${stack}`);
  return found;
}

/** `type name: operation` of every resource of a cloud that changes; components and providers are left out. */
function changes(run: RunJson, stack: string): Record<string, string> {
  return Object.fromEntries(
    of(run, stack).changes.flatMap(({ urn, op }) => {
      const [, , types = "", name] = urn.split("::");
      const type = types.split("$").at(-1) ?? "";
      return /^(atoll|pulumi):/.test(type) ? [] : [[`${type} ${name}`, op]];
    }),
  );
}

/** The changes that README.md shows, in its order. */
const [firstChange, openToTheWorld] = [
  ...readFileSync("README.md", "utf8").matchAll(/^```yaml\n([\s\S]*?)^```$/gm),
].map(([, text = ""]) => parse(text));

const vpcType = "aws:ec2/vpc:Vpc";

describe("the sample footprint, from nothing to nothing", () => {
  const atoll = new Atoll();
  before(async () => {
    const ended = await atoll.run(["start"]);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  });
  after(() => atoll.remove());

  test("stands: what the engine's state holds is what stands in the cloud", () => {
    const standing = atoll.standing().map(({ urn }) => urn);
    const managed = stacks.flatMap((stack) => atoll.managed(stack));
    assert.ok(managed.length > 150, `${managed.length} resources`);
    assert.deepEqual(new Set(standing), new Set(managed));
    assert.equal(standing.length, managed.length);
  });

  test("started again, says that nothing changed", async () => {
    const { code, stdout } = await atoll.run(["start"]);
    assert.equal(code, 0);
    assert.match(stdout, /nothing changed/i);
    for (const stack of stacks) assert.ok(stdout.includes(stack), stdout);
  });

  test("previews empty", async () => {
    const run = await atoll.json(["preview", "local"]);
    for (const stack of stacks) assert.deepEqual(changes(run, stack), {}, stack);
  });

  test("updates in place what can be updated", async () => {
    atoll.edit("local.gcp-euw1", (manifest) => Object.assign(manifest, firstChange));
    const run = await atoll.json(["up", "local"]);
    assert.deepEqual(changes(run, "local.gcp-euw1"), {
      "gcp:compute/subnetwork:Subnetwork network-nodes": "update",
    });
    assert.deepEqual(changes(run, "local.aws-use1"), {});
    assert.equal(of(run, "local.gcp-euw1").replaced, 0);
  });

  test("plans a replacement where the cloud forces one", async () => {
    atoll.edit("local.aws-use1", (manifest) =>
      Object.assign(manifest.cluster ?? {}, { serviceCidr: "172.21.0.0/16" }),
    );
    const preview = await atoll.run(["pulumi", "--", "preview", "-s", "local.aws-use1", "--json"]);
    assert.equal(preview.code, 0, preview.stderr);
    const { steps } = JSON.parse(preview.stdout) as { steps: { op: string; urn: string }[] };
    const cluster = steps.filter(({ urn }) => urn.endsWith("$aws:eks/cluster:Cluster::cluster"));
    assert.ok(
      cluster.some(({ op }) => op === "replace"),
      JSON.stringify(cluster),
    );
    atoll.restore("local.aws-use1");
  });

  test("stops a preview and an update that violate a policy, and names control, resource, value and remedy", async () => {
    const before = atoll.standing();
    atoll.edit("local.aws-use1", (manifest) =>
      Object.assign(manifest.cluster ?? {}, openToTheWorld),
    );
    const plain = await atoll.run(["pulumi", "--", "preview", "-s", "local.aws-use1"]);
    assert.notEqual(plain.code, 0);
    assert.match(plain.stdout, /\[mandatory\].*eks1/);
    for (const command of ["check", "up"]) {
      const run = await atoll.json([command, "local"], 3);
      const [violation, ...others] = run.violations.filter(({ level }) => level === "mandatory");
      assert.ok(violation && others.length === 0, JSON.stringify(run.violations));
      assert.equal(violation.control, "EKS1");
      assert.equal(violation.resource.name, "cluster");
      assert.match(violation.found, /0\.0\.0\.0\/0/);
      assert.ok(violation.remedy.length > 10);
    }
    assert.deepEqual(atoll.standing(), before);
    atoll.restore("local.aws-use1");
  });

  test("finds drift by refresh and puts it right", async () => {
    const vpc = atoll.standing().find(({ type }) => type === vpcType);
    assert.ok(vpc);
    atoll.atConsole((console) => console.change(vpc.urn, { enableDnsHostnames: false }));
    const refresh = await atoll.run([
      ...["pulumi", "--", "refresh", "--stack", "local.aws-use1"],
      ...["--yes", "--skip-preview", "--non-interactive"],
    ]);
    assert.equal(refresh.code, 0, refresh.stdout + refresh.stderr);
    assert.match(refresh.stdout, /1 updated/);
    const run = await atoll.json(["up", "local"]);
    assert.deepEqual(changes(run, "local.aws-use1"), { [`${vpcType} network`]: "update" });
  });

  test("shows no secret in what it prints or keeps", async () => {
    const { stdout } = await atoll.run([
      "pulumi",
      "--",
      "stack",
      "export",
      "--stack",
      "local.onprem-sel",
    ]);
    assert.doesNotMatch(stdout, /kubernetes\.seoul\.example/);
  });

  test("is destroyed in one go and leaves nothing", async () => {
    const refused = await atoll.run(["destroy", "local"]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /--yes/);
    const run = await atoll.json(["destroy", "local", "--yes"]);
    for (const stack of stacks) assert.equal(of(run, stack).status, "done");
    assert.ok(!existsSync(atoll.rehearsal()), "the rehearsal's folder is gone");
  });
});
