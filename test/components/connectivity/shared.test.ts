// A Transit Gateway of another account, shared by AWS RAM: the plan, the checks, and the real engine on the embedded cloud. That AWS
// refuses what only the owner may do is not proven here.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import { existingHubs } from "../../../cli/engine/existing/hubs.ts";
import { createAttachment } from "../../../components/connectivity/attachment.ts";
import {
  type TransitGatewayFacts,
  transitGatewayProblems,
} from "../../../components/connectivity/aws-existing.ts";
import { ownersText } from "../../../components/connectivity/aws-shared.ts";
import { createHubs } from "../../../components/connectivity/connectivity.ts";
import type { AwsHub } from "../../../components/connectivity/hubs.ts";
import { planConnectivity } from "../../../components/connectivity/plan.ts";
import { connectivityProblems } from "../../../components/connectivity/problems.ts";
import { BlueprintError } from "../../../components/core/errors.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { ownership } from "../../support/ownership.ts";
import { line, settings, some } from "./fixture.ts";

const id = "tgw-0a1b2c3d4e5f60718";
const network = "999988887777";
const one = "aws-111122223333-us-east-1";
const two = "aws-444455556666-us-east-1";
/** Two cells of one account and one of another, in one region. */
const cells = some("aws-use1", "aws-use1b", "aws-data");
const shared = (...keys: string[]) => ({
  transitGateways: Object.fromEntries(keys.map((key) => [key, id])),
  transitGatewayOwners: Object.fromEntries(keys.map((key) => [key, network])),
});
const given = settings([line("aws-use1", "aws-data", 443)], {
  gateways: {},
  googleHub: undefined,
  existing: shared(one, two),
});
const plan = planConnectivity(given, cells);
const hub = plan.hubs.find(({ key }) => key === one) as AwsHub;

describe("a plan", () => {
  test("has no link between cells of two accounts at one Transit Gateway", () => {
    assert.deepEqual(plan.links, []);
    assert.deepEqual(plan.routes.networks, {
      "aws-use1": ["10.35.0.0/16"],
      "aws-data": ["10.32.0.0/16"],
    });
  });

  test("has a peering where one of them is not at it", () => {
    const apart = settings(given.reachability, { gateways: {}, googleHub: undefined });
    assert.deepEqual(
      planConnectivity(apart, cells).links.map(({ key, kind }) => [kind, key]),
      [["peering", `${one}-to-${two}`]],
    );
  });
});

describe("a manifest", () => {
  const problems = (
    existing: (typeof given)["existing"],
    lines = given.reachability,
    members = cells,
  ) =>
    connectivityProblems(
      settings(lines, { gateways: {}, googleHub: undefined, existing }),
      members,
      "f",
    );

  test("can share one Transit Gateway with several accounts", () => {
    assert.deepEqual(problems(shared(one, two)), []);
  });

  test("cannot connect its cells by links that only the owner can create", () => {
    const [first, ...others] = problems(shared(one));
    assert.deepEqual(others, []);
    assert.equal(first?.path, `f: connectivity.existing.transitGatewayOwners.${one}`);
    assert.match(
      first?.message ?? "",
      /must not connect its cells with aws-444455556666-us-east-1: only the owner of tgw-0a1b2c3d4e5f60718 can create peerings/,
    );
    const toGoogle = problems(
      shared(one, two),
      [line("aws-use1", "gcp-euw1", 443)],
      some("aws-use1", "aws-data", "gcp-euw1"),
    );
    assert.deepEqual(
      toGoogle.map(({ got }) => got),
      [network],
    );
  });

  test("names owners of existing Transit Gateways only, and not the hub's own account", () => {
    const wrong = {
      transitGateways: { [one]: id },
      transitGatewayOwners: { [one]: "111122223333", [two]: network },
    };
    assert.deepEqual(
      problems(wrong, [line("aws-use1", "aws-use1b", 443)]).map(({ path, message }) => [
        path,
        message,
      ]),
      [
        [
          `f: connectivity.existing.transitGatewayOwners.${one}`,
          "must be omitted: the hub's own account owns it",
        ],
        [
          `f: connectivity.existing.transitGatewayOwners.${two}`,
          "must name a hub of transitGateways",
        ],
      ],
    );
  });
});

describe("a lookup", () => {
  // What its owner chose to do for other attachments.
  const facts: TransitGatewayFacts = {
    asn: 64_999,
    ownerId: network,
    defaultAssociation: "enable",
    defaultPropagation: "enable",
    vpnEcmp: "disable",
    autoAccept: "disable",
  };

  test("finds the owner of the manifest, whose routing is not checked", () => {
    assert.deepEqual(transitGatewayProblems(hub, { id, facts: { facts } }), []);
  });

  test("refuses another owner, and one that is not shared with the account", () => {
    const other = { ...facts, ownerId: "123412341234" };
    assert.deepEqual(transitGatewayProblems(hub, { id, facts: { facts: other } }), [
      {
        path: `connectivity.existing.transitGatewayOwners.${one}`,
        message: "must be the account that owns it",
        got: network,
      },
    ]);
    const [unknown] = transitGatewayProblems(hub, { id, facts: { failure: "none found" } });
    assert.match(
      unknown?.message ?? "",
      /must name an available Transit Gateway that 999988887777 shares with the account .*none found/,
    );
  });
});

test("the owner is told which attachments to accept and which routes to create", () => {
  const cellsPart = { "aws-use1": { routesTo: ["aws-data"] }, "aws-use1b": { routesTo: [] } };
  const part = { transitGatewayId: id, owner: network, accepts: true, cells: cellsPart };
  assert.equal(
    ownersText(part),
    `Transit Gateway ${id} is owned by ${network}, and Atoll does not route in it. Its owner accepts the attachment of each cell, whose deployment fails at its routes before that, and associates each attachment with a route table that has only these routes: aws-use1: to aws-data`,
  );
  assert.doesNotMatch(ownersText({ ...part, accepts: false }), /accepts the attachment/);
});

describe("in the real engine", () => {
  let cloud: Rig;
  before(async () => {
    cloud = await rig();
  });
  after(() => cloud.stop());

  let refused: unknown;
  const program = async () => {
    const { account, region } = hub;
    const provider = new aws.Provider("aws", { region, allowedAccountIds: [account] });
    const other = new aws.Provider("other", { region, allowedAccountIds: ["444455556666"] });
    const { cell: _, ...environment } = ownership;
    try {
      const { hubs, shared: owners } = await createHubs("connectivity", {
        plan,
        settings: given,
        ownership: environment,
        retain: false,
        providerOf: ({ key }) => (key === one ? provider : other),
        logsKeyOf: () => "",
        secretOf: () => "",
      });
      const made = hubs[one];
      assert.ok(made?.cloud === "aws");
      const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.32.0.0/16" }, { provider });
      const subnet = new aws.ec2.Subnet(
        "subnet",
        { vpcId: vpc.id, cidrBlock: "10.32.0.0/24", availabilityZone: "us-east-1a" },
        { provider },
      );
      const table = new aws.ec2.RouteTable("table", { vpcId: vpc.id }, { provider });
      createAttachment(
        "attachment",
        {
          cloud: "aws",
          plan,
          cell: "aws-use1",
          ownership,
          hub: made,
          network: {
            vpcId: vpc.id,
            isolatedSubnetIds: [subnet.id],
            privateRouteTables: { 0: table.id },
            isolatedRouteTableId: undefined,
          },
        },
        { providers: { aws: provider } },
      );
      return { owners };
    } catch (error) {
      refused = error;
      return {};
    }
  };

  test("one that is not shared yet is refused in a preview", async () => {
    await cloud.preview(program);
    assert.ok(refused instanceof BlueprintError, String(refused));
    assert.match(refused.message, /that 999988887777 shares with the account/);
  });

  test("cells attach to it and route to it; nothing is created that only its owner may create", async () => {
    cloud.console((console) => console.exist(existingHubs({ plan, settings: given })));
    refused = undefined;
    const { outputs } = await cloud.up(program);
    assert.equal(refused, undefined);
    const made = cloud.deployed("test");
    const kinds = (type: RegExp) => made.filter((each) => type.test(each.type));
    assert.deepEqual(
      kinds(/^aws:ec2transitgateway\//).map(({ type }) => type),
      ["aws:ec2transitgateway/vpcAttachment:VpcAttachment"],
    );
    assert.equal(kinds(/FlowLog$/).length, 0);
    const [attachment] = kinds(/VpcAttachment$/);
    assert.equal(attachment?.inputs.transitGatewayId, id);
    // The provider reads these as true for a gateway of another account.
    assert.equal(attachment?.inputs.transitGatewayDefaultRouteTableAssociation, true);
    assert.equal(attachment?.inputs.transitGatewayDefaultRouteTablePropagation, true);
    assert.deepEqual(
      kinds(/^aws:ec2\/route:Route$/).map(({ inputs }) => [
        inputs.destinationCidrBlock,
        inputs.transitGatewayId,
      ]),
      [["10.35.0.0/16", id]],
    );
    const part = (to: string[]) => ({ routesTo: to });
    const expected = {
      transitGatewayId: id,
      owner: network,
      accepts: false,
      cells: {
        "aws-use1": part(["aws-data"]),
        "aws-use1b": part([]),
        "aws-data": part(["aws-use1"]),
      },
    };
    assert.deepEqual(outputs.owners?.value, { [one]: expected, [two]: expected });
    assert.deepEqual((await cloud.preview(program)).changes, {});
  });
});
