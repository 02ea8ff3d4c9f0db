// Custom tags: next to those of ownership, wherever those are. Not proven here: that clouds propagate them to resources that nodes
// start.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsDatabase } from "../../components/database/aws.ts";
import { GcpDatabase } from "../../components/database/gcp.ts";
import { configDirectory } from "../../footprint/files/config-files.ts";
import { loadFootprint } from "../../footprint/load.ts";
import { environmentStack } from "../../stacks/environment/environment.ts";
import { cellOwnership } from "../../stacks/ownership.ts";
import { awsArgs, gcpArgs } from "../components/database/fixture.ts";
import { registered } from "../components/node-pool/aws-fixture.ts";
import { inventory, type Registered } from "../support/inventory.ts";
import { ownership } from "../support/ownership.ts";

const sample = loadFootprint(configDirectory(), "local");
const tags = { "business-unit": "retail" };
const owned = { ...ownership, tags };

/** The maps of tags or labels in a resource, at any depth. */
function tagged(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value !== "object" || value === null) return [];
  const here = value as Readonly<Record<string, unknown>>;
  const own = "cost-centre" in here || "atoll.dev/cost-centre" in here ? [here] : [];
  return [...own, ...Object.values(here).flatMap(tagged)];
}

/** The number of these maps, which must all have the custom tag. */
function counted(resources: readonly Registered[]): number {
  const records = resources.filter(({ custom }) => custom).flatMap(({ inputs }) => tagged(inputs));
  for (const record of records) {
    assert.equal(record["business-unit"] ?? record["atoll.dev/business-unit"], "retail");
  }
  return records.length;
}

test("all resources of an environment have its tags", async () => {
  const environment = { ...sample.environment, tags };
  const run = { retain: false };
  const resources = await inventory(() => environmentStack({ ...sample, environment }, run));
  assert.ok(counted(resources) > 50);
});

test("nodes have them: launch templates with their instances and disks, node groups, and nodes of Karpenter", async () => {
  const resources = await registered(undefined, { ownership: owned });
  counted(resources);
  const recordsOf = (type: string) =>
    resources.filter((each) => each.type === type).flatMap(({ inputs }) => tagged(inputs)).length;
  assert.equal(recordsOf("aws:eks/nodeGroup:NodeGroup"), 1);
  assert.ok(recordsOf("aws:ec2/launchTemplate:LaunchTemplate") > 2);
  // Its own labels, and the tags of its instances.
  assert.equal(recordsOf("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"), 2);
});

test("databases have them", async () => {
  const onAws = await inventory(() => new AwsDatabase("db", { ...awsArgs, ownership: owned }));
  const onGoogle = await inventory(() => new GcpDatabase("db", { ...gcpArgs, ownership: owned }));
  assert.ok(counted(onAws) > 5);
  assert.ok(counted(onGoogle) > 0);
});

test("a cell's tags override its environment's", () => {
  const [cell] = sample.cells;
  assert.ok(cell);
  const environment = { ...sample.environment, tags: { a: "environment", b: "environment" } };
  const own = cellOwnership(environment, { ...cell, tags: { b: "cell" } });
  assert.deepEqual(own.tags, { a: "environment", b: "cell" });
});
