// The real engine on the embedded cloud. That AWS answers in this form is not proven here.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as aws from "@pulumi/aws";
import { existingAwsNetwork } from "../../../cli/engine/existing/aws-network.ts";
import { BlueprintError } from "../../../components/core/errors.ts";
import { AwsExistingNetwork } from "../../../components/network/aws-existing.ts";
import { lookUpAwsNetwork } from "../../../components/network/aws-existing-lookup.ts";
import { existingStack } from "../../../simulator/existing.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { ownership } from "../../support/ownership.ts";
import { existing, spec, vpcId } from "./aws-existing-fixture.ts";

let cloud: Rig;
before(async () => {
  cloud = await rig();
});
after(() => cloud.stop());

let refused: unknown;

/** A group in the network; the reason where the network is refused. */
const program = async () => {
  const provider = new aws.Provider("aws", {
    region: "us-east-1",
    allowedAccountIds: [spec.account],
  });
  const facts = await lookUpAwsNetwork(spec, { provider });
  try {
    const network = new AwsExistingNetwork(
      "network",
      { spec, facts, ownership },
      { providers: { aws: provider } },
    );
    new aws.ec2.SecurityGroup("group", { vpcId: network.vpcId }, { provider });
    return { subnets: network.privateSubnetIds };
  } catch (error) {
    refused = error;
    return {};
  }
};

test("nothing is created in a network that is not found", async () => {
  await cloud.up(program);
  assert.ok(refused instanceof BlueprintError);
  assert.match(
    refused.message,
    /existing\.vpcId: must name a VPC that can be looked up: api error ResourceNotFound/,
  );
  assert.match(refused.message, /existing\.subnets\.us-east-1b\.public: must name a subnet/);
  assert.deepEqual(cloud.deployed("test"), []);
});

test("what a rehearsal puts in passes the checks, and things are created in it", async () => {
  cloud.console((console) => console.exist(existingAwsNetwork(spec)));
  const { outputs } = await cloud.up(program);
  assert.deepEqual(outputs.subnets?.value, [
    existing.subnets["us-east-1a"].private,
    existing.subnets["us-east-1b"].private,
  ]);
  assert.deepEqual(
    cloud.deployed("test").map(({ name, state }) => [name, state.vpcId]),
    [["group", vpcId]],
  );
});

test("a preview refuses a network that has changed since", async () => {
  const { urn } = cloud.deployed(existingStack).find(({ id }) => id === vpcId)!;
  cloud.console((console) => {
    console.change(urn, { enableDnsHostnames: false });
    console.exist(existingAwsNetwork(spec));
  });
  refused = undefined;
  await cloud.preview(program);
  assert.ok(refused instanceof BlueprintError);
  assert.deepEqual(
    refused.problems.map(({ path }) => path),
    ["existing.vpcId"],
  );
  cloud.console((console) => console.change(urn, { enableDnsHostnames: true }));
  assert.deepEqual((await cloud.preview(program)).changes, {});
});

test("what exists stays when the stack is destroyed", async () => {
  await cloud.destroy(program);
  assert.deepEqual(cloud.deployed("test"), []);
  assert.equal(cloud.deployed(existingStack).length, existingAwsNetwork(spec).length);
});
