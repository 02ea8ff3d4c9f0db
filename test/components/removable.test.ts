// What an option removes from a permanent cell when it is switched off. Does not prove the order in which a cloud removes it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AwsDatabase } from "../../components/database/aws.ts";
import { GcpDatabase } from "../../components/database/gcp.ts";
import { createNetwork } from "../../components/network/network.ts";
import { inventory, type Registered } from "../support/inventory.ts";
import { awsArgs, awsSpec, gcpArgs, gcpSpec } from "./database/fixture.ts";
import { network as awsNetwork } from "./network/aws-fixture.ts";

const masterUserSecrets = [{ secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:m" }];
const awsDatabase = (proxy: boolean) =>
  inventory(() => new AwsDatabase("database", { ...awsArgs, spec: { ...awsSpec, proxy } }), {
    respond: ({ type }) =>
      type === "aws:rds/cluster:Cluster"
        ? { masterUserSecrets, clusterResourceId: "cluster-ABC123" }
        : undefined,
  });
const gcpDatabase = (readReplicas: number) =>
  inventory(() => new GcpDatabase("database", { ...gcpArgs, spec: { ...gcpSpec, readReplicas } }));
const gcpNetwork = (reservedAddresses: number) =>
  inventory(() =>
    createNetwork("network", {
      cloud: "gcp",
      ownership: awsArgs.ownership,
      spec: {
        cloud: "gcp",
        project: "acme-prod",
        region: "europe-west1",
        cidr: "10.36.0.0/16",
        nat: { reservedAddresses },
      },
    }),
  );

const options: [string, Registered[], Registered[], string][] = [
  [
    "natGateways on AWS, from per-zone to single",
    await awsNetwork({ natGateways: "per-zone" }),
    await awsNetwork({ natGateways: "single" }),
    "aws:ec2/eip:Eip",
  ],
  [
    "nat.reservedAddresses on GCP, from 3 to 1",
    await gcpNetwork(3),
    await gcpNetwork(1),
    "gcp:compute/address:Address",
  ],
  [
    "the database's proxy on AWS",
    await awsDatabase(true),
    await awsDatabase(false),
    "aws:cloudwatch/logGroup:LogGroup",
  ],
  [
    "the database's readReplicas on GCP, from 2 to 0",
    await gcpDatabase(2),
    await gcpDatabase(0),
    "gcp:sql/databaseInstance:DatabaseInstance",
  ],
];

describe("nothing that an option removes is protected:", () => {
  for (const [what, before, after, type] of options) {
    test(what, () => {
      const kept = new Set(after.map(({ urn }) => urn));
      const removed = before.filter(({ urn }) => !kept.has(urn));
      assert.ok(
        removed.some((each) => each.type === type),
        `${type} is not removed`,
      );
      for (const { name, protect, retainOnDelete, inputs } of removed) {
        assert.deepEqual([protect, retainOnDelete], [false, false], name);
        assert.ok(!inputs.deletionProtection, name);
      }
    });
  }
});
