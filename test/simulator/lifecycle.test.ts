// Real engine and embedded cloud, from the first preview to destroy. Proves the protocol and the lifecycle of resources; not that a
// real cloud would accept them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../../simulator/wire.ts";
import { type Rig, rig } from "../support/engine.ts";

let it: Rig;
before(async () => {
  it = await rig();
});
after(() => it.stop());

interface Wish {
  readonly cidr?: string;
  readonly tags?: Record<string, string>;
}

const network =
  ({ cidr = "10.0.0.0/16", tags = {} }: Wish = {}) =>
  async () => {
    const provider = new aws.Provider("use1", { region: "us-east-1" });
    const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: cidr, tags }, { provider });
    const subnet = new aws.ec2.Subnet(
      "subnet",
      { vpcId: vpc.id, cidrBlock: cidr.replace("/16", "/24"), availabilityZone: "us-east-1a" },
      { provider },
    );
    const password = new aws.ssm.Parameter(
      "password",
      { name: "password", type: "SecureString", value: pulumi.secret("hunter2") },
      { provider },
    );
    return { vpcId: vpc.id, arn: vpc.arn, subnetVpc: subnet.vpcId, value: password.value };
  };

const urnOf = (name: string) => it.deployed().find((each) => each.name === name)?.urn ?? "";

test("a preview has known inputs, unknown outputs and no visible secrets", async () => {
  const { states, changes } = await it.preview(network());
  assert.equal(changes.vpc, "create");
  assert.equal(states.vpc?.cidrBlock, "10.0.0.0/16");
  assert.equal(states.vpc?.region, "us-east-1");
  assert.equal(states.vpc?.arn, UNKNOWN);
  assert.equal(states.subnet?.vpcId, UNKNOWN);
  assert.match(JSON.stringify(states.password?.value), /"ciphertext":"\[secret\]"/);
  assert.deepEqual(it.deployed(), []);
});

test("up creates the program's resources, with ids and ARNs in the right format, and keeps secrets secret", async () => {
  const { outputs } = await it.up(network());
  const vpcId = String(outputs.vpcId?.value);
  assert.match(vpcId, /^vpc-0[0-9a-f]{16}$/);
  assert.equal(outputs.arn?.value, `arn:aws:ec2:us-east-1:111122223333:vpc/${vpcId}`);
  assert.equal(outputs.subnetVpc?.value, vpcId);
  assert.deepEqual(outputs.value, { value: "hunter2", secret: true });
  assert.deepEqual(
    it
      .deployed()
      .map(({ name }) => name)
      .sort(),
    ["password", "subnet", "vpc"],
  );
});

test("the next preview has no changes, also after a restart of the server", async () => {
  await it.restart();
  assert.deepEqual((await it.preview(network())).changes, {});
});

test("a changed tag is an update in place that keeps the id", async () => {
  const before = it.deployed().find(({ name }) => name === "vpc")?.id;
  assert.deepEqual((await it.up(network({ tags: { owner: "a" } }))).changes, { vpc: "update" });
  const vpc = it.deployed().find(({ name }) => name === "vpc");
  assert.equal(vpc?.id, before);
  assert.deepEqual(vpc?.state.tagsAll, { owner: "a" });
});

test("drift is found by refresh and corrected by the next up", async () => {
  it.console((console) => console.change(urnOf("vpc"), { tags: { owner: "b" } }));
  const tags = { owner: "a" };
  assert.deepEqual((await it.refresh(network({ tags }))).changes, { vpc: "update" });
  assert.deepEqual((await it.up(network({ tags }))).changes, { vpc: "update" });
  assert.deepEqual(it.deployed().find(({ name }) => name === "vpc")?.state.tags, tags);
});

test("a resource deleted outside the engine is found by refresh and recreated", async () => {
  it.console((console) => console.delete(urnOf("subnet")));
  assert.deepEqual((await it.refresh(network({ tags: { owner: "a" } }))).changes, {
    subnet: "delete",
  });
  assert.deepEqual((await it.up(network({ tags: { owner: "a" } }))).changes, { subnet: "create" });
});

test("a change that requires a replacement replaces the resource and its dependents, in an order that the cloud allows", async () => {
  const before = it.deployed().map(({ id }) => id);
  const { changes } = await it.up(network({ cidr: "10.9.0.0/16", tags: { owner: "a" } }));
  assert.deepEqual(Object.keys(changes).sort(), ["subnet", "vpc"]);
  const now = it.deployed().filter(({ name }) => name !== "password");
  assert.deepEqual(
    now.map(({ name }) => name),
    ["vpc", "subnet"],
  );
  assert.ok(now.every(({ id }) => !before.includes(id)));
});

test("a resource of another stack is imported with its inputs, and then has no changes", async () => {
  const id = it.deployed().find(({ name }) => name === "vpc")?.id ?? "";
  const adopting = (importId?: string) => async () => {
    const provider = new aws.Provider("use1", { region: "us-east-1" });
    const options = importId === undefined ? { provider } : { provider, import: importId };
    new aws.ec2.Vpc("theirs", { cidrBlock: "10.9.0.0/16", tags: { owner: "a" } }, options);
  };
  assert.equal((await it.up(adopting(id), "other")).changes.theirs, "import");
  assert.deepEqual((await it.preview(adopting(), "other")).changes, {});
});

test("destroy deletes everything, in an order that the cloud allows", async () => {
  await it.destroy(network({ cidr: "10.9.0.0/16", tags: { owner: "a" } }));
  assert.deepEqual(it.deployed(), []);
});
