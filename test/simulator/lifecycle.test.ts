// Real engine, embedded cloud. Proves the protocol and the life of resources; not that a real cloud would take them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as aws from "@pulumi/aws";
import { type Rig, rig } from "../support/engine.ts";

let it: Rig;
before(async () => {
  it = await rig();
});
after(() => it.stop());

const network =
  (tags: Record<string, string> = {}, cidrBlock = "10.0.0.0/16") =>
  async () => {
    const provider = new aws.Provider("use1", { region: "us-east-1" });
    const vpc = new aws.ec2.Vpc("vpc", { cidrBlock, tags }, { provider });
    const subnet = new aws.ec2.Subnet(
      "subnet",
      { vpcId: vpc.id, cidrBlock: cidrBlock.replace("/16", "/24"), availabilityZone: "us-east-1a" },
      { provider },
    );
    return { vpcId: vpc.id, arn: vpc.arn, subnetId: subnet.id, region: vpc.region };
  };

test("up makes what the program says, with ids and ARNs of the right form", async () => {
  const { outputs, changes } = await it.up(network());
  assert.deepEqual(changes.vpc, "create");
  assert.match(String(outputs.vpcId?.value), /^vpc-0[0-9a-f]{16}$/);
  assert.equal(
    outputs.arn?.value,
    `arn:aws:ec2:us-east-1:111122223333:vpc/${outputs.vpcId?.value}`,
  );
  assert.match(String(outputs.subnetId?.value), /^subnet-0[0-9a-f]{16}$/);
});

test("a preview of what stands is empty", async () => {
  assert.deepEqual((await it.preview(network())).changes, {});
});

test("a changed tag is an update in place", async () => {
  assert.deepEqual((await it.up(network({ owner: "platform" }))).changes, { vpc: "update" });
});
