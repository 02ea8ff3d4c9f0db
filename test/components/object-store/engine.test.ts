// The real engine with the embedded cloud. The behaviour of S3 and Cloud Storage is not proven here.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { GcpStorageAgents } from "../../../components/object-store/gcp-agents.ts";
import { createObjectStore } from "../../../components/object-store/object-store.ts";
import { createProviders } from "../../../components/provider/provider.ts";
import { rig } from "../../support/engine.ts";
import { ownership } from "../../support/ownership.ts";
import { awsPlace, gcpPlace } from "./fixture.ts";

const cloud = await rig();
after(() => cloud.stop());

const common = { ownership, retain: false };

/** Two cells of one account: the first replicates to the second. */
function twoCells() {
  const cells = (["us-east-1", "eu-west-1"] as const).map((region) => {
    const providers = createProviders(region, { ...awsPlace, region });
    const key = new aws.kms.Key(
      region,
      { enableKeyRotation: true },
      { provider: providers.aws as pulumi.ProviderResource },
    );
    return { region, providers, keyArn: key.arn };
  });
  const [here, there] = cells;
  if (!here || !there) return;
  const peers = {
    "aws-euw1": {
      cloud: "aws",
      owner: awsPlace.account,
      region: "eu-west-1",
      buckets: { uploads: { locked: false } },
    },
  } as const;
  const target = createObjectStore(
    "there",
    {
      cloud: "aws",
      ...common,
      ownership: { ...ownership, cell: "aws-euw1" },
      spec: { ...awsPlace, region: "eu-west-1", buckets: { uploads: {} } },
      keyArn: there.keyArn,
    },
    { providers: there.providers },
  );
  createObjectStore(
    "here",
    {
      cloud: "aws",
      ...common,
      spec: {
        ...awsPlace,
        peers,
        buckets: {
          uploads: { replicateTo: { cell: "aws-euw1" } },
          contracts: { lock: { mode: "governance", days: 1 }, tiering: "automatic" },
        },
      },
      keyArn: here.keyArn,
      replicaKeyArns: { "aws-euw1": there.keyArn },
    },
    { providers: here.providers, dependsOn: target },
  );
}

function onGoogle() {
  const providers = createProviders("gcp", gcpPlace);
  const opts = { provider: providers.gcp as pulumi.ProviderResource };
  const ring = new gcp.kms.KeyRing("ring", { location: gcpPlace.region, name: "keys" }, opts);
  const key = new gcp.kms.CryptoKey("key", { keyRing: ring.id, name: "objects" }, opts);
  const { project } = gcpPlace;
  const agents = new GcpStorageAgents(
    "agents",
    { ...common, project, keyNames: { objects: key.id } },
    { providers },
  );
  const keyName = agents.keyNames.objects ?? key.id;
  const target = createObjectStore(
    "there",
    {
      cloud: "gcp",
      ...common,
      ownership: { ...ownership, cell: "gcp-euw4" },
      spec: { ...gcpPlace, buckets: { uploads: {} } },
      keyName,
    },
    { providers },
  );
  const peers = {
    "gcp-euw4": {
      cloud: "gcp",
      owner: gcpPlace.project,
      region: "europe-west4",
      buckets: { uploads: { locked: false } },
    },
  } as const;
  createObjectStore(
    "here",
    {
      cloud: "gcp",
      ...common,
      ownership: { ...ownership, cell: "gcp-euw1" },
      spec: {
        ...gcpPlace,
        peers,
        buckets: {
          uploads: { replicateTo: { cell: "gcp-euw4" } },
          contracts: { lock: { mode: "governance", days: 1 } },
        },
      },
      keyName,
    },
    { providers, dependsOn: target },
  );
}

for (const [name, program] of [
  ["AWS", twoCells],
  ["GCP", onGoogle],
] as const) {
  describe(name, () => {
    const stack = name.toLowerCase();

    test("the stores of two cells are deployed, the source after the target", async () => {
      const { changes } = await cloud.up(async () => program(), stack);
      assert.ok(Object.values(changes).every((op) => op === "create"));
    });

    test("a second update has no changes", async () => {
      const { changes } = await cloud.preview(async () => program(), stack);
      assert.deepEqual(changes, {});
    });

    test("everything is deleted", async () => {
      await cloud.destroy(async () => program(), stack);
      assert.deepEqual(cloud.deployed(stack), []);
    });
  });
}
