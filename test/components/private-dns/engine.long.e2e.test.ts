// The real engine with the embedded cloud: DNS of three cells on two clouds is deployed, previewed without changes and destroyed. No
// name is resolved.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import { AwsDnsProfile } from "../../../components/private-dns/aws-profile.ts";
import { GoogleDnsHub } from "../../../components/private-dns/google-hub.ts";
import { createPrivateDns } from "../../../components/private-dns/private-dns.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { awsArgs, gcpArgs, hubArgs } from "./fixture.ts";

let it: Rig;
before(async () => {
  it = await rig();
});
after(() => it.stop());

const program = async () => {
  const use1 = new aws.Provider("use1", { region: "us-east-1" });
  const { project, region } = hubArgs.spec;
  const euw1 = new gcp.Provider("euw1", { project, region });
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.32.0.0/16" }, { provider: use1 });
  const privateSubnetIds = ["10.32.0.0/19", "10.32.64.0/19"].map(
    (cidrBlock) =>
      new aws.ec2.Subnet(cidrBlock, { vpcId: vpc.id, cidrBlock }, { provider: use1 }).id,
  );
  const logsKeyArn = new aws.kms.Key("logs", {}, { provider: use1 }).arn;
  const onAws = { providers: { aws: use1 } };
  const { profileId } = new AwsDnsProfile("profile", awsArgs(), onAws);
  const rest = { retain: false, logsKeyArn, profileId };
  const network = { vpcId: vpc.id, privateSubnetIds };
  createPrivateDns("aws-dns", { ...awsArgs({ profile: true }, rest), network }, onAws);

  const networks = ["hub", "cell"].map(
    (name) =>
      new gcp.compute.Network(name, { autoCreateSubnetworks: false }, { provider: euw1 }).id,
  );
  const [hubNetworkId, networkId] = networks as [(typeof networks)[0], (typeof networks)[0]];
  const onGoogle = { providers: { gcp: euw1 } };
  new GoogleDnsHub("dns-hub", { ...hubArgs, networkId: hubNetworkId }, onGoogle);
  const google = { ...gcpArgs, retain: false, network: { networkId }, hubNetworkId };
  return { zone: createPrivateDns("gcp-dns", google, onGoogle).zone };
};

test("all deploy, preview without changes, and are destroyed completely", async () => {
  const { outputs } = await it.up(program);
  assert.equal(outputs.zone?.value, "gcp-euw1.prod.acme.internal");
  assert.deepEqual((await it.preview(program)).changes, {});
  await it.destroy(program);
  assert.deepEqual(it.deployed(), []);
});
