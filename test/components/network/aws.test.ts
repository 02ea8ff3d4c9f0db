// Registered resources. The embedded cloud's schemas validate them; whether AWS accepts them is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import { adjust } from "../../../components/core/adjust.ts";
import { interfaceServices } from "../../../components/network/aws-schema.ts";
import { createNetwork } from "../../../components/network/network.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { logsKeyArn, network, of, place, standard, tagOf } from "./aws-fixture.ts";

test("a network of three zones consists of exactly these resources", () => {
  assert.deepEqual(counts(standard), {
    "atoll:network:AwsAccessLists": 1,
    "atoll:network:AwsDnsFirewall": 1,
    "atoll:network:AwsEndpoints": 1,
    "atoll:network:AwsFlowLogs": 1,
    "atoll:network:AwsNetwork": 1,
    "atoll:network:AwsRoutes": 1,
    "aws:cloudwatch/logGroup:LogGroup": 1,
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": 1,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
    "aws:ec2/eip:Eip": 3,
    "aws:ec2/flowLog:FlowLog": 1,
    "aws:ec2/internetGateway:InternetGateway": 1,
    "aws:ec2/natGateway:NatGateway": 3,
    "aws:ec2/networkAcl:NetworkAcl": 3,
    "aws:ec2/route:Route": 4,
    "aws:ec2/routeTable:RouteTable": 5,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": 9,
    "aws:ec2/securityGroup:SecurityGroup": 1,
    "aws:ec2/subnet:Subnet": 9,
    "aws:ec2/vpc:Vpc": 1,
    "aws:ec2/vpcEndpoint:VpcEndpoint": 11,
    "aws:iam/role:Role": 1,
    "aws:iam/rolePolicy:RolePolicy": 1,
    "aws:route53/resolverFirewallConfig:ResolverFirewallConfig": 1,
    "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": 2,
    "aws:route53/resolverFirewallRule:ResolverFirewallRule": 4,
    "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": 1,
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": 1,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 1,
  });
});

test("every component registers its outputs", () => {
  for (const { custom, name, outputs } of standard) if (!custom) assert.ok(outputs, name);
});

describe("subnets", () => {
  test("are in their zones, assign no public addresses, and have the tags for load balancers and Karpenter", () => {
    const subnets = of("aws:ec2/subnet:Subnet");
    assert.ok(subnets.every(({ inputs }) => inputs.mapPublicIpOnLaunch === false));
    const facts = subnets
      .map((s) => [
        s.name,
        s.inputs.availabilityZone,
        tagOf(s, "kubernetes.io/role/internal-elb"),
        tagOf(s, "kubernetes.io/role/elb"),
        tagOf(s, "karpenter.sh/discovery"),
      ])
      .filter(([name]) => String(name).endsWith("us-east-1b"));
    assert.deepEqual(facts.sort(), [
      ["network-isolated-us-east-1b", "us-east-1b", undefined, undefined, undefined],
      ["network-private-us-east-1b", "us-east-1b", "1", undefined, "prod-aws-use1"],
      ["network-public-us-east-1b", "us-east-1b", undefined, "1", undefined],
    ]);
  });

  test("are in the order of the zones", () => {
    const ids = (only(standard, "atoll:network:AwsNetwork").outputs ?? {}) as Record<
      string,
      string[]
    >;
    for (const kind of ["privateSubnetIds", "isolatedSubnetIds", "publicSubnetIds"]) {
      assert.equal(new Set(ids[kind]).size, 3);
    }
  });
});

describe("routes to the internet", () => {
  const routes = (resources: Registered[]) =>
    resources.filter(({ type, inputs }) => type === "aws:ec2/route:Route" && inputs.natGatewayId);

  test("each zone has its own NAT gateway", () => {
    assert.equal(new Set(routes(standard).map(({ inputs }) => inputs.natGatewayId)).size, 3);
  });

  test("or all share one, with separate route tables", async () => {
    const resources = await network({ natGateways: "single" });
    assert.equal(counts(resources)["aws:ec2/natGateway:NatGateway"], 1);
    assert.equal(counts(resources)["aws:ec2/eip:Eip"], 1);
    assert.equal(counts(resources)["aws:ec2/routeTable:RouteTable"], 5);
    assert.equal(new Set(routes(resources).map(({ inputs }) => inputs.natGatewayId)).size, 1);
    assert.equal(new Set(routes(resources).map(({ inputs }) => inputs.routeTableId)).size, 3);
  });

  test("NAT gateways wait for the internet gateway", () => {
    const gateway = only(standard, "aws:ec2/internetGateway:InternetGateway").urn;
    for (const { dependsOn } of of("aws:ec2/natGateway:NatGateway"))
      assert.ok(dependsOn.includes(gateway));
  });

  test("isolated subnets have none", () => {
    const tables = new Set(of("aws:ec2/route:Route").map(({ inputs }) => inputs.routeTableId));
    const isolated = of("aws:ec2/routeTableAssociation:RouteTableAssociation").filter(({ name }) =>
      name.includes("isolated"),
    );
    assert.equal(isolated.length, 3);
    for (const { inputs } of isolated) assert.ok(!tables.has(inputs.routeTableId));
  });
});

describe("lifetime", () => {
  const kept = (resources: Registered[]) =>
    resources.filter(({ protect }) => protect).map(({ type }) => type.split(":").at(-1));

  test("the VPC, its subnets and logs are retained in a permanent environment", () => {
    assert.deepEqual(
      Object.entries(Object.groupBy(kept(standard), (type) => String(type)))
        .map(([t, l]) => [t, l?.length])
        .sort(),
      [
        ["LogGroup", 1],
        ["Subnet", 9],
        ["Vpc", 1],
      ],
    );
  });

  test("nothing is retained in an ephemeral one", async () => {
    const resources = await network({}, { retain: false });
    assert.deepEqual(kept(resources), []);
    const association = resources.find(({ type }) =>
      type.endsWith(":ResolverFirewallRuleGroupAssociation"),
    );
    assert.equal(association?.inputs.mutationProtection, "DISABLED");
  });
});

test("all resources that support tags have the owner's tags", () => {
  const vpc = only(standard, "aws:ec2/vpc:Vpc");
  assert.equal(tagOf(vpc, "Name"), "prod-aws-use1-vpc");
  assert.deepEqual([tagOf(vpc, "owner"), tagOf(vpc, "component")], ["platform", "network"]);
});

test("VPC Block Public Access is optional", async () => {
  const resources = await network({ blockPublicIngress: true });
  const { inputs } = only(
    resources,
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
  );
  assert.equal(inputs.internetGatewayBlockMode, "block-ingress");
});

test("adjust has the last word", async () => {
  const dedicated = adjust(aws.ec2.Vpc, (args) => ({ ...args, instanceTenancy: "dedicated" }));
  const vpc = only(await network({}, { adjust: { main: dedicated } }), "aws:ec2/vpc:Vpc").inputs;
  assert.deepEqual([vpc.instanceTenancy, vpc.cidrBlock], ["dedicated", "10.32.0.0/16"]);
});

test("an invalid spec registers nothing", async () => {
  const resources = await inventory(() => {
    assert.throws(
      () =>
        createNetwork("network", {
          cloud: "aws",
          spec: { ...place, region: "nowhere" },
          ownership,
          logsKeyArn,
        }),
      { code: "manifest-invalid" },
    );
  });
  assert.deepEqual(resources, []);
});

test("in a preview only values from AWS are unknown", async () => {
  const resources = await inventory(
    () => createNetwork("network", { cloud: "aws", spec: place, ownership, logsKeyArn }),
    { preview: true },
  );
  assert.equal(resources.length, standard.length);
  const unknown = new Set(
    resources.flatMap(({ unknowns }) => unknowns.map((path) => path.split(".")[0])),
  );
  assert.deepEqual([...unknown].sort(), [
    "allocationId",
    "defaultNetworkAclId",
    "firewallDomainListId",
    "firewallRuleGroupId",
    "gatewayId",
    "iamRoleArn",
    "logDestination",
    "natGatewayId",
    "policy",
    "resourceId",
    "routeTableId",
    "routeTableIds",
    "securityGroupId",
    "securityGroupIds",
    "subnetId",
    "subnetIds",
    "vpcId",
  ]);
  for (const { type, unknowns } of resources) {
    if (type === "aws:ec2/vpcEndpoint:VpcEndpoint") assert.ok(!unknowns.includes("policy"));
  }
});

test("the schemas of the embedded cloud accept everything, with all settings", async () => {
  const everything = await network({
    blockPublicIngress: true,
    organization: "o-a1b2c3d4e5",
    interfaceEndpoints: [...interfaceServices],
    dnsFirewall: {
      blocked: ["bad.example"],
      managedLists: { malware: "rslvr-fdl-2c46f2ecbfec4dcc" },
      threats: ["DGA", "DNS_TUNNELING", "DICTIONARY_DGA"],
    },
    egress: { allow: ["example.com"] },
    privateDomains: ["prod.acme.internal"],
  });
  assert.deepEqual([...refusals(standard), ...refusals(everything)], []);
});
