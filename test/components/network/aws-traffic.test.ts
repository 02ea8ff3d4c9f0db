// Registered resources. The embedded cloud's schemas validate them; whether AWS accepts them is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { counts, only } from "../../support/inventory.ts";
import { connected, logsKeyArn, network, of, standard } from "./aws-fixture.ts";

describe("access lists", () => {
  test("the defaults of the VPC have no rules", () => {
    for (const type of [
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    ]) {
      const { ingress, egress } = only(standard, type).inputs;
      assert.deepEqual([ingress, egress], [[], []]);
    }
  });

  test("the default list ignores subnets that belonged to it before they got their own", () => {
    const { ignoreChanges } = only(standard, "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl");
    assert.deepEqual(ignoreChanges, ["subnetIds"]);
  });

  test("return traffic from the internet reaches private and public subnets, over TCP and UDP", () => {
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

  test("no list allows the internet to reach ports below 1024, except 80 and 443 of public subnets", () => {
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

  test("rules for other cells come after them, with return traffic where needed", () => {
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
  test("record all traffic per minute in an encrypted log group with retention", () => {
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

  test("use a role that only this account's flow logs can assume", () => {
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
  test("gateway endpoints use the private route tables, interface endpoints the private subnets with private DNS names", () => {
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

  test("accept HTTPS from inside the VPC only", () => {
    const { inputs } = only(standard, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(
      [inputs.ipProtocol, inputs.fromPort, inputs.toPort, inputs.cidrIpv4],
      ["tcp", 443, 443, "10.32.0.0/16"],
    );
    const group = only(standard, "aws:ec2/securityGroup:SecurityGroup").inputs;
    assert.deepEqual([group.ingress, group.egress], [undefined, undefined]);
  });

  test("are those of the manifest", async () => {
    const resources = await network({ interfaceEndpoints: ["sqs"] });
    const types = resources.filter(({ inputs }) => inputs.vpcEndpointType === "Interface");
    assert.deepEqual(
      types.map(({ name }) => name),
      ["network-endpoints-sqs"],
    );
  });
});

describe("DNS firewall", () => {
  test("fails closed, and has mutation protection if resources are retained", () => {
    const config = only(standard, "aws:route53/resolverFirewallConfig:ResolverFirewallConfig");
    assert.equal(config.inputs.firewallFailOpen, "DISABLED");
    const association = only(
      standard,
      "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
    ).inputs;
    assert.deepEqual([association.priority, association.mutationProtection], [200, "ENABLED"]);
  });

  test("has a domain list for each rule, and blocks with NXDOMAIN", async () => {
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
