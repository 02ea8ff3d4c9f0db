// What these tests cannot prove: how long a change takes in a cloud, and what it refuses that the embedded one accepts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { parse } from "yaml";
import { Atoll, changes, of } from "./atoll.ts";

/** The changes in README.md, in order. */
const [firstChange, openToTheWorld] = [
  ...readFileSync("README.md", "utf8").matchAll(/^```yaml\n([\s\S]*?)^```$/gm),
].map(([, text = ""]) => parse(text));

const vpcType = "aws:ec2/vpc:Vpc";

describe("changes to a deployed footprint", () => {
  const atoll = new Atoll();
  const restore = () => {
    atoll.restore("local.aws-use1");
    atoll.withoutServices("local.aws-use1");
  };
  before(async () => {
    for (const stack of ["local", "local.aws-use1", "local.gcp-euw1", "local.onprem-sel"])
      atoll.withoutServices(stack);
    // A real cluster is the same under another address; the embedded cloud goes by the UID.
    atoll.replace(
      "local.onprem-sel",
      "version: v1.35.2",
      "uid: seoul\n                version: v1.35.2",
    );
    const ended = await atoll.run(["up", "local"]);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  });
  after(() => atoll.remove());

  test("updates in place where possible", async () => {
    atoll.edit("local.gcp-euw1", (manifest) => Object.assign(manifest, firstChange));
    const run = await atoll.json(["up", "local"]);
    assert.deepEqual(changes(run, "local.gcp-euw1"), {
      "gcp:compute/subnetwork:Subnetwork network-nodes": "update",
    });
    assert.deepEqual(changes(run, "local.aws-use1"), {});
    assert.equal(of(run, "local.gcp-euw1").replaced, 0);
  });

  test("plans a replacement where the cloud requires one", async () => {
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
    restore();
  });

  test("refuses what can never change with what to do instead, and says what a change loses", async () => {
    const before = atoll.deployed();
    const cluster = (change: object) =>
      atoll.edit("local.aws-use1", (manifest) => Object.assign(manifest.cluster ?? {}, change));
    cluster({ version: "1.34" });
    for (const command of ["check", "preview", "up"]) {
      const run = await atoll.run([command, "local.aws-use1"]);
      assert.equal(run.code, 2, run.stdout + run.stderr);
      assert.match(run.stderr, /local\.aws-use1\.yaml: cluster\.version[\s\S]*deployed as "1\.35"/);
    }
    restore();
    cluster({ serviceCidr: "172.21.0.0/16" });
    const preview = await atoll.run(["preview", "local.aws-use1"]);
    assert.match(preview.stdout, /cluster\.serviceCidr: the cluster with everything/);
    assert.deepEqual(atoll.deployed(), before);
    restore();
  });

  test("stops a preview and an update that violate a policy, and names control, resource, value and remedy", async () => {
    const before = atoll.deployed();
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
      // What depends on the violating resource is judged as well: `check` goes on, and `up` stops.
      const { created } = of(run, "local.aws-use1");
      assert.ok(command === "check" ? created > 100 : created === 0, `${command}: ${created}`);
      if (command === "check") {
        assert.deepEqual(
          run.violations.filter(({ control }) => control === "ATOLL3"),
          [],
        );
      }
    }
    assert.deepEqual(atoll.deployed(), before);
    restore();
  });

  test("finds drift by refresh and reverts it", async () => {
    const vpc = atoll.deployed().find(({ type }) => type === vpcType);
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

  test("replaces nothing when the address and certificates of a cluster change", async () => {
    const stack = "local.onprem-sel";
    atoll.replace(
      stack,
      "server: https://kubernetes.seoul.example:6443",
      'server: https://api.seoul.example\n          certificate-authority-data: "bmV3"',
    );
    const run = await atoll.json(["up", "local"]);
    // Only both providers are updated, which the summary does not count.
    assert.deepEqual(changes(run, stack), {});
    assert.equal(of(run, stack).replaced, 0);
  });

  test("replaces what is in a cluster when it is another cluster", async () => {
    atoll.replace("local.onprem-sel", "uid: seoul", "uid: busan");
    const preview = await atoll.json(["preview", "local"]);
    assert.ok(of(preview, "local.onprem-sel").replaced > 0);
    atoll.replace("local.onprem-sel", "uid: busan", "uid: seoul");
  });

  test("prints and stores no secrets in plain text", async () => {
    const { stdout } = await atoll.run([
      "pulumi",
      "--",
      "stack",
      "export",
      "--stack",
      "local.onprem-sel",
    ]);
    assert.doesNotMatch(stdout, /(kubernetes|api)\.seoul\.example/);
  });
});
