// Real engine, embedded cloud: an environment's hubs, links and cells are created, preview without changes and are destroyed.
// Does not prove that tunnels work between real clouds.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { createAttachment } from "../../../components/connectivity/attachment.ts";
import { createHubs } from "../../../components/connectivity/connectivity.ts";
import { planConnectivity } from "../../../components/connectivity/plan.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { ownership } from "../../support/ownership.ts";
import { line, sample, settings, some } from "./fixture.ts";

const it = settings([
  ...sample,
  line("aws-use1", "aws-euw1", 443),
  line("onprem-ber", "gcp-euw1", 443),
]);
// The embedded cloud has one account here.
const plan = planConnectivity(
  it,
  some("aws-use1", "aws-euw1", "gcp-euw1", "onprem-sel", "onprem-ber"),
);

/** What an attachment needs of a cell's network. */
function awsCell(opts: pulumi.CustomResourceOptions) {
  const vpc = new aws.ec2.Vpc("use1", { cidrBlock: "10.32.0.0/16" }, opts);
  const vpcId = vpc.id;
  const subnets = ["us-east-1a", "us-east-1b"].map(
    (availabilityZone, place) =>
      new aws.ec2.Subnet(
        availabilityZone,
        { vpcId, cidrBlock: `10.32.${place}.0/24`, availabilityZone },
        opts,
      ),
  );
  const table = (name: string) => new aws.ec2.RouteTable(name, { vpcId }, opts).id;
  return {
    vpcId,
    isolatedSubnetIds: subnets.map(({ id }) => id),
    privateRouteTables: { 0: table("private") },
    isolatedRouteTableId: table("isolated"),
  };
}

/** The environment's stack and the stacks of two cells in one program. */
async function program() {
  const { cell: _, ...environment } = ownership;
  const logsKeys: Record<string, pulumi.Output<string>> = {};
  const providers: Record<string, pulumi.ProviderResource> = {};
  for (const hub of plan.hubs) {
    if (hub.cloud === "gcp") {
      providers[hub.key] = new gcp.Provider(hub.key, { project: hub.project, region: hub.region });
      continue;
    }
    const provider = new aws.Provider(hub.key, { region: hub.region });
    providers[hub.key] = provider;
    logsKeys[hub.key] = new aws.kms.Key(`logs-${hub.key}`, {}, { provider }).arn;
  }
  const provided = (key: string) => providers[key] as pulumi.ProviderResource;
  const connectivity = await createHubs("connectivity", {
    plan,
    settings: it,
    ownership: environment,
    retain: false,
    providerOf: ({ key }) => provided(key),
    logsKeyOf: ({ key }) => logsKeys[key] ?? "",
    secretOf: (key) => pulumi.secret(`the value of ${key}`),
  });

  const use1 = plan.hubs.find(({ key }) => key === "aws-111122223333-us-east-1");
  const awsHub = connectivity.hubs[use1?.key ?? ""];
  const googleHub = connectivity.hubs.gcp;
  if (awsHub?.cloud !== "aws" || googleHub?.cloud !== "gcp") throw new Error("hubs are missing");
  const awsNetwork = awsCell({ provider: provided(use1?.key ?? "") });
  createAttachment(
    "use1-cells",
    {
      cloud: "aws",
      ownership,
      retain: false,
      plan,
      cell: "aws-use1",
      hub: awsHub,
      network: awsNetwork,
    },
    { providers: { aws: provided(use1?.key ?? "") } },
  );
  const euw1 = { ...environment, cell: "gcp-euw1" };
  const { id: networkId, selfLink: networkSelfLink } = new gcp.compute.Network(
    "euw1",
    { autoCreateSubnetworks: false },
    { provider: provided("gcp") },
  );
  createAttachment(
    "euw1-cells",
    {
      cloud: "gcp",
      ownership: euw1,
      retain: false,
      plan,
      cell: "gcp-euw1",
      project: "acme-prod",
      hub: googleHub,
      network: { networkId, networkSelfLink },
    },
    { providers: { gcp: provided("gcp") } },
  );
  return { sites: connectivity.sites };
}

describe("an environment's connectivity", () => {
  let engine: Rig;
  before(async () => {
    engine = await rig();
  });
  after(() => engine.stop());

  test("is created, outputs the sites' configuration, previews without changes and leaves nothing", async () => {
    const { outputs } = await engine.up(program);
    const sites = outputs.sites?.value as Record<string, { tunnels: object[] }[]>;
    assert.deepEqual(
      Object.entries(sites)
        .sort()
        .map(([site, links]) => [site, links.map(({ tunnels }) => tunnels.length)]),
      [
        ["onprem-ber", [2]],
        ["onprem-sel", [4]],
      ],
    );
    assert.equal(outputs.sites?.secret, false);
    assert.deepEqual((await engine.preview(program)).changes, {});
    await engine.destroy(program);
    assert.deepEqual(
      engine.deployed().map(({ type }) => type),
      [],
    );
  });
});
