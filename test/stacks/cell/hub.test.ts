// The hub of a cell, from plain outputs of an environment. That stacks publish them in this form is tested in test/stacks/outputs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { planConnectivity } from "../../../components/connectivity/plan.ts";
import { BlueprintError } from "../../../components/core/errors.ts";
import { awsHubOf } from "../../../stacks/cell/hub.ts";
import { line, settings, some } from "../../components/connectivity/fixture.ts";

const id = "tgw-0a1b2c3d4e5f60718";
const key = "aws-111122223333-us-east-1";
type Inputs = Parameters<typeof awsHubOf>[0];

/** A cell of the plan, with an environment that has deployed no route tables. */
const inputs = {
  cell: { name: "aws-use1", cloud: "aws", account: "111122223333", region: "us-east-1" },
  environment: {
    connectivity: {
      hubs: { [key]: { cloud: "aws", transitGatewayId: id, tables: { cells: {}, links: {} } } },
      sites: {},
    },
  },
} as unknown as Inputs;
const plan = (existing = {}) =>
  planConnectivity(
    settings([line("aws-use1", "aws-use1b", 443)], {
      gateways: {},
      googleHub: undefined,
      existing,
    }),
    some("aws-use1", "aws-use1b"),
  );

test("a cell needs the route tables of its own Transit Gateway", () => {
  assert.throws(
    () => awsHubOf(inputs, plan()),
    (error) =>
      error instanceof BlueprintError && /no route table of aws-use1 at hub/.test(error.message),
  );
});

test("and none of one that another account shares", () => {
  const shared = plan({
    transitGateways: { [key]: id },
    transitGatewayOwners: { [key]: "999988887777" },
  });
  assert.deepEqual(awsHubOf(inputs, shared), {
    transitGatewayId: id,
    tables: { cells: {}, links: {} },
  });
});
