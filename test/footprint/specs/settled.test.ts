// Which changes of zones a cell with these resources accepts. What clouds accept is in simulator/invariants.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BlueprintError } from "../../../components/core/errors.ts";
import type { Deployed } from "../../../components/section/deployed.ts";
import { cellSections } from "../../../components/sections.ts";
import { loadFootprint } from "../../../footprint/load.ts";
import type { Cell } from "../../../footprint/model.ts";
import { settledCell } from "../../../footprint/specs/settled.ts";

const stack = "local.aws-use1";
const { cells } = loadFootprint("stacks/config", stack, cellSections);
const sample = cells.find((cell) => cell.stack === stack) as Cell & { cloud: "aws" };
const zone = (letter: string) => `us-east-1${letter}`;
const isolated = (letter: string) => `subnet-0${letter}`;

const subnet = (letter: string) => ({
  type: "aws:ec2/subnet:Subnet",
  name: `network-isolated-${zone(letter)}`,
  outputs: {
    arn: `arn:aws:ec2:us-east-1:111122223333:subnet/${isolated(letter)}`,
    availabilityZone: zone(letter),
    cidrBlock: `10.32.${32 + 64 * "abcd".indexOf(letter)}.0/20`,
  },
});
const brokers = (letters: string, name = "stream") => ({
  type: "aws:msk/cluster:Cluster",
  name,
  outputs: { brokerNodeGroupInfo: { clientSubnets: [...letters].map(isolated) } },
});
const nodes = (letters: string) => ({
  type: "aws:elasticache/subnetGroup:SubnetGroup",
  name: "cache-subnets",
  outputs: { subnetIds: [...letters].map(isolated) },
});

function settled(letters: string, deployed: Deployed): Cell & { cloud: "aws" } {
  const cell = { ...sample, zones: [...letters].map(zone) } as Cell;
  return settledCell(cell, cellSections, [...[..."abc"].map(subnet), ...deployed]) as Cell & {
    cloud: "aws";
  };
}

function refused(letters: string, deployed: Deployed): readonly string[] {
  try {
    settled(letters, deployed);
  } catch (error) {
    assert.ok(error instanceof BlueprintError);
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

describe("a cell with resources in zones", () => {
  test("is as its manifest says before it is deployed", () => {
    assert.equal(settledCell(sample, cellSections, []), sample);
  });

  test("keeps its brokers in their zones when it gets another one, in any order", () => {
    const zonesOf = ({ specs }: Cell) => (specs.cloud === "aws" ? specs.stream?.zones : undefined);
    assert.deepEqual(zonesOf(settled("dcba", [brokers("cab")])), ["a", "b", "c"].map(zone));
  });

  test("is refused topics for which the deployed brokers do not suffice", () => {
    const [problem = "", ...others] = refused("abc", [brokers("ab")]);
    assert.deepEqual(
      others.filter((other) => !other.includes("stream")),
      [],
    );
    assert.match(problem, /^Pulumi\.local\.aws-use1\.yaml: stream\.topics\./);
    assert.match(problem, /its brokers stay in us-east-1a, us-east-1b/);
  });

  test("cannot leave a zone with brokers or cache nodes, and says so for each", () => {
    const problems = refused("ab", [brokers("abc"), nodes("abc")]);
    assert.equal(problems.length, 2, problems.join("\n"));
    assert.match(problems[0] ?? "", /zones: must keep us-east-1c: brokers of the stream/);
    assert.match(problems[1] ?? "", /zones: must keep us-east-1c: nodes of the cache/);
  });

  test("cannot leave a subnet with brokers in an existing network", () => {
    const [problem] = refused("abc", [brokers("abd")]);
    assert.match(problem ?? "", /must keep subnet-0d: brokers/);
  });

  test("can leave a zone that no service is in", () => {
    assert.deepEqual(refused("ab", [nodes("ab")]), []);
    assert.deepEqual(refused("ab", [brokers("abc", "streams-clicks")]), []);
  });
});
