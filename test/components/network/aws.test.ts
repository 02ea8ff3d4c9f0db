// What is asked of the engine. That AWS takes it is checked by the schemas of the embedded cloud, and in the end by AWS.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { interfaceServices } from "../../../components/network/aws-schema.ts";
import { createNetwork } from "../../../components/network/network.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";

const logsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/logs";
const place = {
  cloud: "aws",
  account: "111122223333",
  region: "us-east-1",
  cidr: "10.32.0.0/16",
  clusterName: "prod-aws-use1",
} as const;

function network(settings: object = {}, rest: object = {}): Promise<Registered[]> {
  return inventory(() =>
    createNetwork("network", {
      cloud: "aws",
      spec: { ...place, ...settings },
      ownership,
      logsKeyArn,
      ...rest,
    }),
  );
}

const standard = await network();
const connected = await network(
  {},
  {
    cells: [
      { direction: "ingress", cidr: "10.36.0.0/16", protocol: "tcp", first: 9092, last: 9098 },
      { direction: "egress", cidr: "10.40.0.0/16", protocol: "udp", first: 53, last: 53 },
    ],
  },
);
const of = (type: string) => standard.filter((resource) => resource.type === type);
const tagOf = ({ inputs }: Registered, key: string) => (inputs.tags as Record<string, string>)[key];

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

test("every component says what it made", () => {
  for (const { custom, name, outputs } of standard) if (!custom) assert.ok(outputs, name);
});

describe("subnets", () => {
  test("lie in their zones, give no public addresses, and are found by load balancers and Karpenter", () => {
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

  test("are handed out in the order of the zones", () => {
    const ids = (only(standard, "atoll:network:AwsNetwork").outputs ?? {}) as Record<
      string,
      string[]
    >;
    for (const kind of ["privateSubnetIds", "isolatedSubnetIds", "publicSubnetIds"]) {
      assert.equal(new Set(ids[kind]).size, 3);
    }
  });
});

describe("ways out", () => {
  const routes = (resources: Registered[]) =>
    resources.filter(({ type, inputs }) => type === "aws:ec2/route:Route" && inputs.natGatewayId);

  test("each zone has its own NAT gateway", () => {
    assert.equal(new Set(routes(standard).map(({ inputs }) => inputs.natGatewayId)).size, 3);
  });

  test("or all share one, by their own route tables", async () => {
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

describe("access lists", () => {
  test("the defaults of the VPC are emptied", () => {
    for (const type of [
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    ]) {
      const { ingress, egress } = only(standard, type).inputs;
      assert.deepEqual([ingress, egress], [[], []]);
    }
  });

  test("the default list forgets the subnets that stood in it before they got their own", () => {
    const { ignoreChanges } = only(standard, "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl");
    assert.deepEqual(ignoreChanges, ["subnetIds"]);
  });

  test("answers from the internet come back to private and public subnets, by TCP and UDP", () => {
    for (const { name, inputs } of of("aws:ec2/networkAcl:NetworkAcl")) {
      const back = (inputs.ingress as Record<string, unknown>[])
        .filter(({ cidrBlock, fromPort }) => cidrBlock === "0.0.0.0/0" && fromPort === 1024)
        .map(({ protocol, toPort }) => `${protocol} to ${toPort}`);
      assert.deepEqual(
        back,
        name.endsWith("isolated") ? [] : ["tcp to 65535", "udp to 65535"],
        name,
      );
    }
  });

  test("every subnet has exactly one list", () => {
    const listed = of("aws:ec2/networkAcl:NetworkAcl").flatMap(
      ({ inputs }) => inputs.subnetIds as string[],
    );
    assert.equal(listed.length, 9);
    assert.equal(new Set(listed).size, 9);
  });

  test("no list lets the internet reach a port below 1024 but 80 and 443 of public subnets", () => {
    for (const { name, inputs } of of("aws:ec2/networkAcl:NetworkAcl")) {
      const open = (inputs.ingress as Record<string, unknown>[])
        .filter(
          ({ cidrBlock, protocol, fromPort }) =>
            cidrBlock === "0.0.0.0/0" && protocol !== "icmp" && Number(fromPort) < 1024,
        )
        .map(({ fromPort, toPort }) => [fromPort, toPort]);
      assert.deepEqual(
        open,
        name.endsWith("public")
          ? [
              [443, 443],
              [80, 80],
            ]
          : [],
        name,
      );
    }
  });

  test("what passes to and from other cells stands behind them, with answers where lists have none", () => {
    const rules = (direction: "ingress" | "egress", kind: string) => {
      const { inputs } = only(connected, "aws:ec2/networkAcl:NetworkAcl", `network-access-${kind}`);
      const { inputs: alone } = only(
        standard,
        "aws:ec2/networkAcl:NetworkAcl",
        `network-access-${kind}`,
      );
      const listed = inputs[direction] as Record<string, unknown>[];
      const own = alone[direction] as Record<string, unknown>[];
      assert.deepEqual(listed.slice(0, own.length), own);
      return listed
        .slice(own.length)
        .map(({ protocol, fromPort, toPort, cidrBlock }) => [
          protocol,
          fromPort,
          toPort,
          cidrBlock,
        ]);
    };
    const opened = ["tcp", 9092, 9098, "10.36.0.0/16"];
    const out = ["udp", 53, 53, "10.40.0.0/16"];
    assert.deepEqual(rules("ingress", "private"), [opened]);
    assert.deepEqual(rules("egress", "private"), []);
    assert.deepEqual(rules("ingress", "isolated"), [opened, ["udp", 1024, 65535, "10.40.0.0/16"]]);
    assert.deepEqual(rules("egress", "isolated"), [out, ["tcp", 1024, 65535, "10.36.0.0/16"]]);
    assert.deepEqual(rules("ingress", "public"), []);
  });

  test("numbers of rules are unique in each direction", () => {
    const lists = [standard, connected].flatMap((resources) =>
      resources.filter(({ type }) => type === "aws:ec2/networkAcl:NetworkAcl"),
    );
    for (const { inputs } of lists) {
      for (const rules of [inputs.ingress, inputs.egress] as { ruleNo: number }[][]) {
        assert.equal(new Set(rules.map(({ ruleNo }) => ruleNo)).size, rules.length);
      }
    }
  });
});

describe("flow logs", () => {
  test("record all traffic by the minute into an encrypted group that keeps it", () => {
    const { inputs } = only(standard, "aws:ec2/flowLog:FlowLog");
    assert.equal(inputs.trafficType, "ALL");
    assert.equal(inputs.maxAggregationInterval, 60);
    assert.equal(inputs.logDestinationType, "cloud-watch-logs");
    assert.match(String(inputs.logFormat), /^\$\{version\} .*\$\{pkt-srcaddr\}/);
    const group = only(standard, "aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.deepEqual(
      [group.name, group.kmsKeyId, group.retentionInDays],
      ["/prod/aws-use1/vpc-flow-logs", logsKeyArn, 365],
    );
  });

  test("are written by a role that only this account's flow logs can assume", () => {
    const trust = JSON.parse(String(only(standard, "aws:iam/role:Role").inputs.assumeRolePolicy));
    assert.deepEqual(trust.Statement[0].Condition, {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:ec2:us-east-1:111122223333:vpc-flow-log/*" },
    });
    const policy = String(only(standard, "aws:iam/rolePolicy:RolePolicy").inputs.policy);
    assert.doesNotMatch(policy, /"Resource":"\*"/);
  });
});

describe("endpoints", () => {
  test("gateways hang on the private route tables, interfaces in the private subnets with private names", () => {
    for (const { name, inputs } of of("aws:ec2/vpcEndpoint:VpcEndpoint")) {
      if (inputs.vpcEndpointType === "Gateway") {
        assert.equal((inputs.routeTableIds as string[]).length, 3, name);
        assert.ok(inputs.policy, name);
      } else {
        assert.equal(inputs.privateDnsEnabled, true, name);
        assert.equal((inputs.subnetIds as string[]).length, 3, name);
        assert.equal((inputs.securityGroupIds as string[]).length, 1, name);
      }
    }
    const names = of("aws:ec2/vpcEndpoint:VpcEndpoint").map(({ inputs }) => inputs.serviceName);
    assert.ok(names.includes("com.amazonaws.us-east-1.ecr.dkr"));
  });

  test("are reached by HTTPS from inside the VPC only", () => {
    const { inputs } = only(standard, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(
      [inputs.ipProtocol, inputs.fromPort, inputs.toPort, inputs.cidrIpv4],
      ["tcp", 443, 443, "10.32.0.0/16"],
    );
    const group = only(standard, "aws:ec2/securityGroup:SecurityGroup").inputs;
    assert.deepEqual([group.ingress, group.egress], [undefined, undefined]);
  });

  test("are those that the manifest names", async () => {
    const resources = await network({ interfaceEndpoints: ["sqs"] });
    const types = resources.filter(({ inputs }) => inputs.vpcEndpointType === "Interface");
    assert.deepEqual(
      types.map(({ name }) => name),
      ["network-endpoints-sqs"],
    );
  });
});

describe("DNS firewall", () => {
  test("fails closed, and cannot be changed by accident where things are retained", () => {
    const config = only(standard, "aws:route53/resolverFirewallConfig:ResolverFirewallConfig");
    assert.equal(config.inputs.firewallFailOpen, "DISABLED");
    const association = only(
      standard,
      "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
    ).inputs;
    assert.deepEqual([association.priority, association.mutationProtection], [200, "ENABLED"]);
  });

  test("has a list for each rule by domains, and blocks by answering that there is no such name", async () => {
    const dnsFirewall = { blocked: ["bad.example"], failure: "open" };
    const resources = await network({ dnsFirewall, egress: { allow: ["example.com"] } });
    assert.equal(
      counts(resources)["aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"],
      4,
    );
    const rules = resources.filter(({ type }) => type.endsWith(":ResolverFirewallRule"));
    for (const { name, inputs } of rules) {
      assert.equal(inputs.blockResponse, inputs.action === "BLOCK" ? "NXDOMAIN" : undefined, name);
      assert.equal(
        Boolean(inputs.firewallDomainListId),
        inputs.dnsThreatProtection === undefined,
        name,
      );
    }
  });
});

describe("lifetime", () => {
  const kept = (resources: Registered[]) =>
    resources.filter(({ protect }) => protect).map(({ type }) => type.split(":").at(-1));

  test("what holds identity or evidence is kept in a permanent environment", () => {
    assert.deepEqual(
      Object.entries(Object.groupBy(kept(standard), (type) => String(type)))
        .map(([t, l]) => [t, l?.length])
        .sort(),
      [
        ["Eip", 3],
        ["LogGroup", 1],
        ["Subnet", 9],
        ["Vpc", 1],
      ],
    );
  });

  test("nothing is kept in an ephemeral one", async () => {
    const resources = await network({}, { retain: false });
    assert.deepEqual(kept(resources), []);
    const association = resources.find(({ type }) =>
      type.endsWith(":ResolverFirewallRuleGroupAssociation"),
    );
    assert.equal(association?.inputs.mutationProtection, "DISABLED");
  });
});

test("what can be told apart by tags carries the owner's", () => {
  const vpc = only(standard, "aws:ec2/vpc:Vpc");
  assert.equal(tagOf(vpc, "Name"), "prod-aws-use1-vpc");
  assert.deepEqual([tagOf(vpc, "owner"), tagOf(vpc, "component")], ["platform", "network"]);
});

test("the account's own door to the internet is shut when asked", async () => {
  const resources = await network({ blockPublicIngress: true });
  const { inputs } = only(
    resources,
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
  );
  assert.equal(inputs.internetGatewayBlockMode, "block-ingress");
});

test("adjust has the last word", async () => {
  const adjust = { vpc: (args: object) => ({ ...args, instanceTenancy: "dedicated" }) };
  const vpc = only(await network({}, { adjust }), "aws:ec2/vpc:Vpc").inputs;
  assert.deepEqual([vpc.instanceTenancy, vpc.cidrBlock], ["dedicated", "10.32.0.0/16"]);
});

test("a bad spec registers nothing", async () => {
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

test("in a preview only what AWS decides is unknown", async () => {
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

test("the schemas of the embedded cloud refuse none of it, with every setting on", async () => {
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
