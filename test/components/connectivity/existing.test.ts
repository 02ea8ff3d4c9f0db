// Existing hubs: what is asked, what is made of the answers, and the real engine on the embedded cloud. That clouds answer
// in this form is not proven here.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import { existingHubs } from "../../../cli/engine/existing/hubs.ts";
import {
  type TransitGatewayFacts,
  transitGatewayProblems,
} from "../../../components/connectivity/aws-existing.ts";
import { createHubs } from "../../../components/connectivity/connectivity.ts";
import { googleHubProblems } from "../../../components/connectivity/google-existing.ts";
import type { AwsHub } from "../../../components/connectivity/hubs.ts";
import { planConnectivity } from "../../../components/connectivity/plan.ts";
import { connectivityProblems } from "../../../components/connectivity/problems.ts";
import { connectivitySettings } from "../../../components/connectivity/schema.ts";
import { BlueprintError } from "../../../components/core/errors.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { existingStack } from "../../../simulator/existing.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { ownership } from "../../support/ownership.ts";
import { line, settings, some } from "./fixture.ts";

const id = "tgw-0a1b2c3d4e5f60718";
const hubKey = "aws-111122223333-us-east-1";
const cells = some("aws-use1", "aws-use1b");
const given = settings([line("aws-use1", "aws-use1b", 443)], {
  gateways: {},
  googleHub: undefined,
  existing: { transitGateways: { [hubKey]: id } },
});
const plan = planConnectivity(given, cells);
const hub = plan.hubs[0] as AwsHub;

describe("a manifest", () => {
  test("names Transit Gateways by hubs of AWS", () => {
    assert.deepEqual(connectivityProblems(given, cells, "f"), []);
    const other = settings(given.reachability, {
      gateways: {},
      existing: { transitGateways: { "aws-111122223333-us-west-2": id } },
    });
    assert.deepEqual(
      connectivityProblems(other, cells, "f").map(({ path }) => path),
      ["f: connectivity.existing.transitGateways.aws-111122223333-us-west-2"],
    );
  });

  test("does not name them by anything but an id", () => {
    const existing = { transitGateways: { [hubKey]: "main" } };
    const { problems } = checkSpec(connectivitySettings, { reachability: [], existing }, "f");
    assert.match(problems[0]?.message ?? "", /must be the id of a Transit Gateway/);
  });
});

describe("each check", () => {
  const facts: TransitGatewayFacts = {
    asn: hub.asn,
    ownerId: hub.account,
    defaultAssociation: "disable",
    defaultPropagation: "disable",
    vpnEcmp: "enable",
    autoAccept: "disable",
  };
  const problems = (change: Partial<TransitGatewayFacts>) =>
    transitGatewayProblems(hub, { id, facts: { facts: { ...facts, ...change } } }).map(
      ({ message }) => message,
    );

  test("is passed by a Transit Gateway that routes nothing by itself", () => {
    assert.deepEqual(problems({}), []);
  });

  for (const [what, change, message] of [
    ["of another account", { ownerId: "444455556666" }, /must be owned by 111122223333/],
    ["of another ASN", { asn: 64_999 }, /must have the ASN \d+, or connectivity\.asns\.aws-1111/],
    ["that associates by default", { defaultAssociation: "enable" }, /association disabled/],
    ["that propagates by default", { defaultPropagation: "enable" }, /propagation disabled/],
    ["with one path for VPNs", { vpnEcmp: "disable" }, /must have VPN ECMP support/],
  ] as const) {
    test(`refuses one ${what}, in one line`, () => {
      const [first, ...others] = problems(change);
      assert.match(first ?? "", message);
      assert.deepEqual(others, []);
    });
  }
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
    const key = new aws.kms.Key("logs", {}, { provider });
    const { cell: _, ...environment } = ownership;
    try {
      const { hubs } = await createHubs("connectivity", {
        plan,
        settings: given,
        ownership: environment,
        retain: false,
        providerOf: () => provider,
        logsKeyOf: () => key.arn,
        secretOf: () => "",
      });
      const made = hubs[hubKey];
      return { id: made?.cloud === "aws" ? made.transitGatewayId : "" };
    } catch (error) {
      refused = error;
      return {};
    }
  };

  test("one that is not found is refused in a preview", async () => {
    await cloud.preview(program);
    assert.ok(refused instanceof BlueprintError);
    assert.match(
      refused.message,
      /us-east-1: must name an available Transit Gateway that can be looked up/,
    );
  });

  test("what a rehearsal puts in passes the checks; tables are created in it, and no other", async () => {
    cloud.console((console) => console.exist(existingHubs({ plan, settings: given })));
    refused = undefined;
    const { outputs } = await cloud.up(program);
    assert.equal(refused, undefined);
    assert.equal(outputs.id?.value, id);
    const standing = cloud.deployed("test");
    const kinds = standing.map(({ type }) => type.split(":").at(-1));
    assert.equal(kinds.filter((kind) => kind === "RouteTable").length, 2);
    assert.ok(kinds.includes("FlowLog"));
    assert.ok(!kinds.includes("TransitGateway"));
    assert.deepEqual((await cloud.preview(program)).changes, {});
  });

  test("it stays when the stack is destroyed", async () => {
    await cloud.destroy(program);
    assert.deepEqual(cloud.deployed("test"), []);
    assert.deepEqual(
      cloud.deployed(existingStack).map((resource) => resource.id),
      [id],
    );
  });
});

describe("a hub of Google", () => {
  const hubId = "projects/acme-net/locations/global/hubs/main";
  const google = settings([line("gcp-euw1", "gcp-data", 443)], {
    gateways: {},
    existing: { googleHub: hubId },
  });
  const members = some("gcp-euw1", "gcp-data");
  const planned = planConnectivity(google, members);

  test("is refused where no cell is on Google Cloud", () => {
    const without = settings(given.reachability, { gateways: {}, existing: { googleHub: hubId } });
    assert.deepEqual(
      connectivityProblems(without, cells, "f").map(({ path }) => path),
      ["f: connectivity.existing.googleHub"],
    );
  });

  test("has to be active and a mesh", () => {
    assert.deepEqual(googleHubProblems({ state: "ACTIVE", topology: "MESH" }), []);
    assert.deepEqual(
      googleHubProblems({ state: "DELETING", topology: "STAR" }).map(({ got }) => got),
      ["DELETING", "STAR"],
    );
  });

  describe("in the real engine", () => {
    let cloud: Rig;
    before(async () => {
      cloud = await rig();
    });
    after(() => cloud.stop());

    const program = async () => {
      const { cell: _, ...environment } = ownership;
      const [hub] = planned.hubs;
      assert.ok(hub?.cloud === "gcp");
      const provider = new gcp.Provider("gcp", { project: hub.project, region: hub.region });
      const { hubs } = await createHubs("connectivity", {
        plan: planned,
        settings: google,
        ownership: environment,
        retain: false,
        providerOf: () => provider,
        logsKeyOf: () => "",
        secretOf: () => "",
      });
      const made = hubs.gcp;
      return { id: made?.cloud === "gcp" ? made.hubId : "" };
    };

    test("one that is not found is refused in a preview", async () => {
      await assert.rejects(cloud.preview(program), /connectivity-gcp-existing/);
    });

    test("is read, and neither created nor deleted, nor are projects let into it", async () => {
      cloud.console((console) => console.exist(existingHubs({ plan: planned, settings: google })));
      const { outputs } = await cloud.up(program);
      assert.equal(outputs.id?.value, hubId);
      const types = cloud.deployed("test").map(({ type }) => type);
      assert.ok(types.includes("gcp:compute/network:Network"));
      assert.ok(!types.some((type) => type.startsWith("gcp:networkconnectivity/")));
      await cloud.destroy(program);
      assert.deepEqual(cloud.deployed("test"), []);
      assert.deepEqual(
        cloud.deployed(existingStack).map((resource) => resource.id),
        [hubId],
      );
    });
  });
});
