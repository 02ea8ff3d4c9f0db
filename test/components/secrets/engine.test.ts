// The real engine with the embedded cloud. Whether the operator copies values to a namespace is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { createProviders } from "../../../components/provider/provider.ts";
import { GcpSecretsAgent } from "../../../components/secrets/gcp-agent.ts";
import { createSecrets } from "../../../components/secrets/secrets.ts";
import { rig } from "../../support/engine.ts";
import { ownership } from "../../support/ownership.ts";
import {
  awsArgs,
  awsPlace,
  awsSecrets,
  gcpArgs,
  gcpPlace,
  gcpSecrets,
  onpremSpec,
  site,
} from "./fixture.ts";

const retain = false;

function onAws() {
  const providers = createProviders("aws", awsPlace);
  const opts = { provider: providers.aws as pulumi.ProviderResource };
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, opts);
  const subnetIds = ["a", "b"].map(
    (zone, index) =>
      new aws.ec2.Subnet(
        zone,
        { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `us-east-1${zone}` },
        opts,
      ).id,
  );
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  });
  const role = new aws.iam.Role("role", { assumeRolePolicy }, opts);
  const name = "prod-aws-use1";
  const cluster = new aws.eks.Cluster(
    "cluster",
    { name, version: "1.35", roleArn: role.arn, vpcConfig: { subnetIds } },
    opts,
  );
  const key = new aws.kms.Key("key", { enableKeyRotation: true }, opts);
  const { store } = createSecrets(
    "secrets",
    {
      ...awsArgs({ secrets: { payments: awsSecrets.payments } }),
      retain,
      keyArn: key.arn,
      cluster: { spec: { name }, clusterName: cluster.name, arn: cluster.arn, ...site() },
    },
    { providers },
  );
  return { store: store?.name };
}

function onGcp() {
  const providers = createProviders("gcp", gcpPlace);
  const opts = { provider: providers.gcp as pulumi.ProviderResource };
  const ring = new gcp.kms.KeyRing("ring", { location: gcpPlace.region, name: "keys" }, opts);
  const key = new gcp.kms.CryptoKey("key", { keyRing: ring.id, name: "secrets" }, opts);
  const topic = new gcp.pubsub.Topic("rotate", { name: "rotate" }, opts);
  const { project } = gcpPlace;
  const agent = new GcpSecretsAgent(
    "agent",
    { ownership, retain, project, keyNames: { secrets: key.id } },
    { providers },
  );
  const { store } = createSecrets(
    "secrets",
    {
      ...gcpArgs({ secrets: gcpSecrets }),
      retain,
      keyName: agent.keyNames.secrets ?? key.id,
      cluster: site(),
    },
    { providers, dependsOn: topic },
  );
  return { store: store?.name };
}

function onPremises() {
  const { store } = createSecrets("secrets", {
    cloud: "onprem",
    ownership,
    retain,
    spec: onpremSpec,
    cluster: site(),
  });
  return { store: store?.name };
}

for (const [name, program] of [
  ["AWS", onAws],
  ["GCP", onGcp],
  ["premises", onPremises],
] as const) {
  describe(`secrets on ${name}`, () => {
    test("are deployed with their store, have no changes in a second update, and are destroyed", async () => {
      const engine = await rig();
      try {
        const { outputs } = await engine.up(async () => program());
        assert.equal(outputs.store?.value, "cell");
        assert.deepEqual((await engine.preview(async () => program())).changes, {});
        await engine.destroy(async () => program());
        assert.deepEqual(engine.deployed(), []);
      } finally {
        await engine.stop();
      }
    });
  });
}
