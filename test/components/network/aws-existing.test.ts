// What is asked of AWS, and what is made of the answers. That AWS answers in this form is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { AwsExistingNetwork } from "../../../components/network/aws-existing.ts";
import {
  type AwsNetworkFacts,
  awsNetworkProblems,
} from "../../../components/network/aws-existing-checks.ts";
import { lookUpAwsNetwork } from "../../../components/network/aws-existing-lookup.ts";
import { awsExistingNetworkSchema } from "../../../components/network/aws-existing-schema.ts";
import { networkSection } from "../../../components/network/schema.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { existing, input, spec, suitableFacts, vpcId } from "./aws-existing-fixture.ts";

const first = existing.subnets["us-east-1a"];

describe("the manifest", () => {
  const problems = (change: object) =>
    checkSpec(networkSection.aws, { clusterName: "c", ...input, ...change }, "n").problems.map(
      ({ path, message }) => `${path}: ${message}`,
    );

  test("takes a VPC with subnets in the zones of the cell", () => {
    assert.deepEqual(problems({}), []);
  });

  const refused: [string, object, RegExp][] = [
    [
      "settings of a network that Atoll creates",
      { natGateways: "single" },
      /^n: natGateways: must not be set beside "existing"/,
    ],
    [
      "what is no id",
      { existing: { ...existing, vpcId: "prod" } },
      /^n: existing\.vpcId: must be the id of a VPC, such as/,
    ],
    [
      "zones that the cell does not have",
      { zones: ["us-east-1a", "us-east-1c"] },
      /^n: existing\.subnets: must have the zones of the cell, us-east-1a, us-east-1c/,
    ],
    [
      "isolated subnets in one zone only",
      {
        existing: {
          ...existing,
          subnets: {
            ...existing.subnets,
            "us-east-1b": { private: existing.subnets["us-east-1b"].private },
          },
        },
      },
      /^n: existing\.subnets\.us-east-1b\.isolated: is required: must be in every zone or in none/,
    ],
    [
      "a subnet that is named twice",
      {
        existing: {
          ...existing,
          subnets: {
            ...existing.subnets,
            "us-east-1a": { ...first, isolated: first.private },
          },
        },
      },
      /us-east-1a\.isolated: must be another subnet than us-east-1a\.private; omit "isolated"/,
    ],
  ];
  for (const [what, change, message] of refused) {
    test(`refuses ${what}`, () => {
      assert.match(problems(change).join("\n"), message);
    });
  }

  test("all settings are refused at once, with the other problems", () => {
    assert.equal(problems({ flowLogs: {}, egress: {}, cidr: "10.0.0.0/8" }).length, 3);
  });
});

describe("each check", () => {
  const found = (change: (facts: Draft) => void) => {
    const facts = suitableFacts() as Draft;
    change(facts);
    return awsNetworkProblems(spec, facts).map(
      ({ path, message, got }) => `${path}: ${message} (got ${JSON.stringify(got)})`,
    );
  };
  type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };
  type Draft = Mutable<AwsNetworkFacts> & {
    vpc: { facts: Mutable<Extract<AwsNetworkFacts["vpc"], { facts: unknown }>["facts"]> };
  };
  const subnet = (facts: Draft, id: string) =>
    (facts.subnets[id] as { facts: Record<string, unknown> }).facts;
  const route = (facts: Draft, id: string) =>
    (facts.routes[id] as { facts: Record<string, unknown> }).facts;

  test("is passed by a network that has what a cell needs", () => {
    assert.deepEqual(awsNetworkProblems(spec, suitableFacts()), []);
  });

  const cases: [string, (facts: Draft) => void, RegExp][] = [
    [
      "a VPC that is not found",
      (facts) => {
        facts.vpc = { failure: "no matching EC2 VPC found" } as never;
      },
      /^existing\.vpcId: must name a VPC that can be looked up: no matching EC2 VPC found/,
    ],
    [
      "a VPC of other addresses",
      (facts) => {
        facts.vpc.facts.cidrBlocks = ["10.0.0.0/16"];
      },
      /^existing\.vpcId: must have a CIDR block that contains the cell's block 10\.32\.0\.0\/16.*10\.0\.0\.0/,
    ],
    [
      "DNS hostnames that are off",
      (facts) => {
        facts.vpc.facts.enableDnsHostnames = false;
      },
      /^existing\.vpcId: must have DNS hostnames enabled, .* \(got false\)/,
    ],
    [
      "a subnet of another VPC",
      (facts) => {
        subnet(facts, first.private).vpcId = "vpc-0f";
      },
      /^existing\.subnets\.us-east-1a\.private: must be a subnet of vpc-.* \(got "vpc-0f"\)/,
    ],
    [
      "a subnet in another zone",
      (facts) => {
        subnet(facts, first.isolated).zone = "us-east-1c";
      },
      /us-east-1a\.isolated: must be in us-east-1a \(got "us-east-1c"\)/,
    ],
    [
      "a subnet outside the cell's block",
      (facts) => {
        subnet(facts, first.public).cidr = "10.33.0.0/24";
      },
      /us-east-1a\.public: must be in the cell's block 10\.32\.0\.0\/16 \(got "10\.33/,
    ],
    [
      "a private subnet that gives public addresses",
      (facts) => {
        subnet(facts, first.private).mapsPublicAddresses = true;
      },
      /us-east-1a\.private: must not assign public addresses/,
    ],
    [
      "a private subnet that is full",
      (facts) => {
        subnet(facts, first.private).freeAddresses = 15;
      },
      /us-east-1a\.private: must have at least 16 free addresses .* \(got 15\)/,
    ],
    [
      "a private subnet that load balancers do not find",
      (facts) => {
        subnet(facts, first.private).tags = {};
      },
      /us-east-1a\.private: must have the tag kubernetes\.io\/role\/internal-elb = 1/,
    ],
    [
      "a private subnet without a way out",
      (facts) => {
        route(facts, first.private).defaultRoute = undefined;
      },
      /us-east-1a\.private: must have a route of 0\.0\.0\.0\/0, .* \(got "no such route"\)/,
    ],
    [
      "a private subnet that is public",
      (facts) => {
        route(facts, first.private).defaultRoute = "igw-01";
      },
      /us-east-1a\.private: must not have a route to an internet gateway \(got "igw-01"\)/,
    ],
    [
      "an isolated subnet that is public",
      (facts) => {
        route(facts, first.isolated).defaultRoute = "igw-01";
      },
      /us-east-1a\.isolated: must not have a route to an internet gateway/,
    ],
    [
      "a public subnet without an internet gateway",
      (facts) => {
        route(facts, first.public).defaultRoute = "nat-01";
      },
      /us-east-1a\.public: must have a route of 0\.0\.0\.0\/0 to an internet gateway/,
    ],
    [
      "a security group of another VPC",
      (facts) => {
        facts.endpointGroup = { facts: { vpcId: "vpc-0f" } };
      },
      /^existing\.endpointSecurityGroupId: must be of vpc-/,
    ],
  ];
  for (const [what, change, message] of cases) {
    test(`refuses ${what}, in one line`, () => {
      const [only, ...others] = found(change);
      assert.match(only ?? "", message);
      assert.deepEqual(others, []);
    });
  }

  test("tags of a subnet that another account shares are not asked for: they cannot be seen", () => {
    const changed = found((facts) => {
      subnet(facts, first.private).tags = {};
      subnet(facts, first.private).ownerId = "444455556666";
    });
    assert.deepEqual(changed, []);
  });
});

describe("the component", () => {
  const answers = (token: string, args: Record<string, unknown>) => {
    const facts = suitableFacts();
    const subnetId = String(args.id ?? args.subnetId ?? "");
    switch (token) {
      case "aws:ec2/getVpc:getVpc":
        return {
          cidrBlock: "10.0.0.0/16",
          cidrBlockAssociations: [
            { cidrBlock: "10.32.0.0/16", state: "associated" },
            { cidrBlock: "10.64.0.0/16", state: "disassociated" },
          ],
          enableDnsSupport: true,
          enableDnsHostnames: true,
        };
      case "aws:ec2/getSecurityGroup:getSecurityGroup":
        return { vpcId };
      case "aws:ec2/getSubnet:getSubnet": {
        const found = facts.subnets[subnetId];
        assert.ok(found && "facts" in found);
        const { zone, cidr, freeAddresses, mapsPublicAddresses, ...rest } = found.facts;
        return {
          ...rest,
          availabilityZone: zone,
          cidrBlock: cidr,
          availableIpAddressCount: freeAddresses,
          mapPublicIpOnLaunch: mapsPublicAddresses,
        };
      }
      case "aws:ec2/getRouteTable:getRouteTable": {
        if (args.vpcId === vpcId) {
          return {
            routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "", transitGatewayId: "tgw-01" }],
          };
        }
        // The first private subnet is associated with no table: it uses the main one.
        if (subnetId === first.private) throw new Error("query returned no results");
        const found = facts.routes[subnetId];
        assert.ok(found && "facts" in found);
        const target = found.facts.defaultRoute;
        const key = target?.startsWith("igw-") ? "gatewayId" : "natGatewayId";
        return { routes: target ? [{ cidrBlock: "0.0.0.0/0", [key]: target }] : [] };
      }
      default:
        return undefined;
    }
  };

  const build = (change: object = {}) => {
    const wanted = awsExistingNetworkSchema.parse({ ...input, ...change });
    return inventory(
      async () =>
        new AwsExistingNetwork("network", {
          spec: wanted,
          facts: await lookUpAwsNetwork(wanted, {}),
          ownership,
        }),
      { invoke: answers },
    );
  };

  test("registers nothing but itself and hands out the ids in the order of the zones", async () => {
    const resources = await build();
    assert.deepEqual(counts(resources), { "atoll:network:AwsExistingNetwork": 1 });
    const { outputs } = only(resources, "atoll:network:AwsExistingNetwork");
    assert.deepEqual(outputs, {
      vpcId,
      privateSubnetIds: [first.private, existing.subnets["us-east-1b"].private],
      isolatedSubnetIds: [first.isolated, existing.subnets["us-east-1b"].isolated],
      publicSubnetIds: [first.public, existing.subnets["us-east-1b"].public],
    });
  });

  test("data services use the private subnets where there are no isolated ones", async () => {
    const subnets = Object.fromEntries(
      Object.entries(existing.subnets).map(([zone, { private: id }]) => [zone, { private: id }]),
    );
    const resources = await build({ existing: { vpcId, subnets } });
    const { outputs } = only(resources, "atoll:network:AwsExistingNetwork");
    assert.deepEqual(outputs?.isolatedSubnetIds, outputs?.privateSubnetIds);
    assert.deepEqual(outputs?.publicSubnetIds, []);
  });

  test("refuses what is not suitable before it registers anything", async () => {
    await assert.rejects(build({ cidr: "10.48.0.0/16" }), {
      code: "existing-unsuitable",
      message: /^VPC vpc-0+1 does not meet the requirements, and nothing that depends on it is/,
    });
  });
});
