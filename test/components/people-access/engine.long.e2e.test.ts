// The real engine with the embedded cloud: access on two clouds is deployed, previewed without changes and destroyed. No connection
// is made.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import { AwsPeopleDoor } from "../../../components/people-access/aws-access-endpoint.ts";
import { GcpPeopleDoor } from "../../../components/people-access/gcp-access-levels.ts";
import { createPeopleAccess } from "../../../components/people-access/people-access.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { awsAccessEndpointArgs, awsArgs, gcpAccessLevelsArgs, gcpArgs } from "./fixture.ts";

let it: Rig;
before(async () => {
  it = await rig();
});
after(() => it.stop());

const program = async () => {
  const use1 = new aws.Provider("use1", { region: "us-east-1" });
  const opts = { provider: use1 };
  const onAws = { providers: { aws: use1 } };
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.32.0.0/16" }, opts);
  const subnet = { vpcId: vpc.id, cidrBlock: "10.32.0.0/19" };
  const privateSubnetIds = [new aws.ec2.Subnet("private", subnet, opts).id];
  const group = (name: string) => new aws.ec2.SecurityGroup(name, { vpcId: vpc.id }, opts).id;
  const keyArn = new aws.kms.Key("secrets", {}, opts).arn;
  const keys = { keyArn, logsKeyArn: keyArn, retain: false };
  const endpoint = new AwsPeopleDoor(
    "aws-people-door",
    { ...awsAccessEndpointArgs(), ...keys },
    onAws,
  );
  const { database: _, ...rest } = awsArgs;
  const access = createPeopleAccess(
    "aws-people",
    {
      ...rest,
      keyArn,
      spec: { ...awsArgs.spec, dashboards: {} },
      instanceId: endpoint.instanceId,
      network: { vpcId: vpc.id, privateSubnetIds },
      cluster: { clusterSecurityGroupId: group("cluster") },
    },
    onAws,
  );

  const { project, region } = gcpArgs.spec;
  const onGoogle = { providers: { gcp: new gcp.Provider("euw1", { project, region }) } };
  new GcpPeopleDoor("gcp-people-door", gcpAccessLevelsArgs, onGoogle);
  createPeopleAccess(
    "gcp-people",
    { ...gcpArgs, spec: { ...gcpArgs.spec, dashboards: {} } },
    onGoogle,
  );
  return { api: access.endpoints["cluster-api"] };
};

test("both deploy, preview without changes, and are destroyed completely", async () => {
  const { outputs } = await it.up(program);
  assert.ok(outputs.api?.value);
  assert.deepEqual((await it.preview(program)).changes, {});
  await it.destroy(program);
  assert.deepEqual(it.deployed(), []);
});
