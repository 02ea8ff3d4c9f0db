// The real engine against the embedded cloud. Does not prove that a cloud exchanges a token for a role.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { createDeployers } from "../../../components/identity/deployers.ts";
import { createIdentity } from "../../../components/identity/identity.ts";
import { createProviders } from "../../../components/provider/provider.ts";
import { rig } from "../../support/engine.ts";
import {
  awsArgs,
  awsDeployersArgs,
  awsPlace,
  awsWorkloads,
  gcpArgs,
  gcpDeployersArgs,
  gcpPlace,
  onpremArgs,
} from "./fixture.ts";

const cloud = await rig();
after(() => cloud.stop());

const retain = false;

function uploadsOnAws(provider: pulumi.ProviderResource) {
  const key = new aws.kms.Key("key", { enableKeyRotation: true }, { provider });
  const bucket = new aws.s3.Bucket("uploads", { bucket: "prod-uploads" }, { provider });
  return { bucket: { uploads: { arn: bucket.arn, keyArn: key.arn } } };
}

function onGoogle(provider: pulumi.ProviderResource) {
  const { project, region } = gcpPlace;
  const bucket = new gcp.storage.Bucket(
    "gcp-uploads",
    { name: "prod-gcp-uploads", location: region, project },
    { provider },
  );
  const secret = new gcp.secretmanager.Secret(
    "payments",
    { secretId: "prod-payments", project, replication: { auto: {} } },
    { provider },
  );
  return {
    bucket: { uploads: { name: bucket.name } },
    secret: { payments: { secretId: secret.secretId } },
  };
}

function cellOnAws() {
  const { aws: provider } = createProviders("aws", awsPlace) as { aws: aws.Provider };
  const opts = { provider };
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
  const { arn: roleArn } = new aws.iam.Role("role", { assumeRolePolicy }, opts);
  const cluster = new aws.eks.Cluster(
    "cluster",
    { name: "prod-aws-use1", version: "1.35", roleArn, vpcConfig: { subnetIds } },
    opts,
  );
  const { checkout } = awsWorkloads;
  const workloads = { checkout: { ...checkout, grants: [checkout.grants[0]] } };
  const args = awsArgs({ workloads }, cluster.arn);
  createIdentity(
    "identity",
    {
      ...args,
      retain,
      cluster: { ...args.cluster, clusterName: cluster.name },
      references: uploadsOnAws(provider),
    },
    { providers: { aws: provider } },
  );
  const boundary = new aws.iam.Policy(
    "boundary",
    { name: "deploy-boundary", policy: '{"Version":"2012-10-17","Statement":[]}' },
    opts,
  );
  createDeployers(
    "deployers",
    { ...awsDeployersArgs(), retain },
    { providers: { aws: provider }, dependsOn: boundary },
  );
}

function cellOnGoogle() {
  const { gcp: provider } = createProviders("gcp", gcpPlace) as { gcp: gcp.Provider };
  const args = gcpArgs();
  const { images } = args.spec.workloads;
  const grants = images.grants.filter(({ kind }) => kind !== "key");
  const workloads = {
    images: { ...images, grants },
    stream: { namespace: "shop", serviceAccount: "stream", account: true },
  };
  createIdentity(
    "identity",
    { ...gcpArgs({ workloads }), retain, references: onGoogle(provider) },
    { providers: { gcp: provider } },
  );
  createDeployers("deployers", { ...gcpDeployersArgs(), retain }, { providers: { gcp: provider } });
}

function onPremises() {
  const { aws: here } = createProviders("aws", awsPlace) as { aws: aws.Provider };
  const { gcp: there } = createProviders("gcp", gcpPlace) as { gcp: gcp.Provider };
  createIdentity(
    "identity",
    {
      ...onpremArgs(),
      retain,
      references: { aws: uploadsOnAws(here), gcp: onGoogle(there) },
    },
    { providers: { aws: here, gcp: there } },
  );
}

for (const [name, program] of [
  ["AWS", cellOnAws],
  ["GCP", cellOnGoogle],
  ["premises", onPremises],
] as const) {
  describe(`identities on ${name}`, () => {
    test("are created, have no changes on the second run, and are destroyed", async () => {
      const { changes } = await cloud.up(async () => program(), name);
      assert.ok(Object.keys(changes).length > 8);
      assert.ok(Object.values(changes).every((op) => op === "create"));
      assert.deepEqual((await cloud.preview(async () => program(), name)).changes, {});
      await cloud.destroy(async () => program(), name);
      assert.deepEqual(cloud.deployed(name), []);
    });
  });
}
