// The inventory reports what the SDK sends. What these tests cannot prove: what the engine does with it; the engine tests do.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { counts, inventory, only } from "./inventory.ts";

class Pair extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions = {}) {
    super("test:index:Pair", name, {}, opts);
    const vpc = new aws.ec2.Vpc(
      name,
      { cidrBlock: "10.0.0.0/16" },
      { parent: this, protect: true, retainOnDelete: true },
    );
    new aws.ssm.Parameter(
      `${name}-id`,
      { type: "SecureString", value: pulumi.secret(vpc.id.apply((id) => `vpc=${id}`)) },
      { parent: this },
    );
    this.registerOutputs({ vpcId: vpc.id });
  }
}

test("nested resources are listed with parent, options, resolved outputs and secrets", async () => {
  const resources = await inventory(() => new Pair("pair"));
  assert.deepEqual(counts(resources), {
    "aws:ec2/vpc:Vpc": 1,
    "aws:ssm/parameter:Parameter": 1,
    "test:index:Pair": 1,
  });
  const vpc = only(resources, "aws:ec2/vpc:Vpc");
  assert.equal(vpc.parent, "pair");
  assert.deepEqual([vpc.protect, vpc.retainOnDelete], [true, true]);
  const parameter = only(resources, "aws:ssm/parameter:Parameter");
  assert.match(String(parameter.inputs.value), /^vpc=vpc-0[0-9a-f]{16}$/);
  assert.deepEqual(parameter.secrets, ["value"]);
  const outputs = only(resources, "test:index:Pair").outputs;
  assert.match(String(outputs?.vpcId), /^vpc-0/);
});

test("computed values are unknown in a preview", async () => {
  const resources = await inventory(() => new Pair("pair"), { preview: true });
  assert.deepEqual(only(resources, "aws:ssm/parameter:Parameter").unknowns, ["value"]);
});

test("a data source without a mock is named", async () => {
  await assert.rejects(
    inventory(async () => {
      await aws.ec2.getAmi({ mostRecent: true });
    }),
    /no mock for the data source aws:ec2\/getAmi:getAmi/,
  );
});
