import type { Control } from "../control.ts";
import { firstOf } from "../known-values.ts";
import { judgeAcl, judgeAclRule } from "../network-acl.ts";
import type { Report } from "../report.ts";
import { refersTo } from "../stack.ts";

/** Without these, private subnets reach AWS through the internet: images, credentials, instances, logs, keys. */
const neededEndpoints = ["s3", "ecr.api", "ecr.dkr", "sts", "ec2", "logs", "kms"];

export const vpcControls: readonly Control[] = [
  {
    id: "VPC1",
    policy: "vpc1-missing-flow-log",
    title: "Every VPC has a flow log of all traffic",
    severity: "medium",
    remedy: 'add an ec2.FlowLog with the vpcId and trafficType "ALL"',
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.2.1"],
      hipaa: ["164.312(b)"],
      gdpr: ["25", "30"],
      sox: ["ITGC-operations"],
      "cis-aws": ["4.7"],
    },
    stack: (stack, on) => {
      const logs = stack.all("aws:ec2/flowLog:FlowLog");
      for (const vpc of stack.all("aws:ec2/vpc:Vpc")) {
        on(vpc).part(() => {
          const own = logs.filter((log) => refersTo(log, "vpcId", vpc));
          if (own.length === 0) {
            on(vpc).lacking("", "has no flow log");
          } else if (!firstOf(own, ({ props }) => props.trafficType === "ALL")) {
            const [log] = own;
            on(vpc).wrong(
              `${log?.name}.trafficType`,
              log?.props.trafficType,
              "some traffic is not logged",
            );
          }
        });
      }
    },
  },
  {
    id: "VPC2",
    policy: "vpc2-disallow-default-security-group-rules",
    title: "The default security group of every VPC has no rules",
    severity: "high",
    remedy:
      "add an ec2.DefaultSecurityGroup with the vpcId and no rules, and use a separate group for every resource",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      sox: ["ITGC-access"],
      "cis-aws": ["6.5"],
    },
    resources: {
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (group, report) => {
        report.part(() => noRules("ingress", group.ingress, report));
        report.part(() => noRules("egress", group.egress, report));
      },
    },
    stack: (stack, on) => {
      const groups = stack.all("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
      for (const vpc of stack.all("aws:ec2/vpc:Vpc")) {
        if (groups.some((group) => refersTo(group, "vpcId", vpc))) continue;
        on(vpc).lacking(
          "",
          "has a default security group with rules: its members can reach each other and the internet",
        );
      }
    },
  },
  {
    id: "VPC3",
    policy: "vpc3-disallow-automatic-public-ip",
    title: "Subnets do not assign public IP addresses automatically",
    severity: "high",
    remedy: "set mapPublicIpOnLaunch to false",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.4.5"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    resources: {
      "aws:ec2/subnet:Subnet": ({ mapPublicIpOnLaunch }, report) => {
        if (mapPublicIpOnLaunch) {
          report.wrong(
            "mapPublicIpOnLaunch",
            true,
            "every instance started there gets a public IP address",
          );
        }
      },
      "aws:ec2/defaultSubnet:DefaultSubnet": ({ mapPublicIpOnLaunch }, report) => {
        if (mapPublicIpOnLaunch === false) return;
        report.lacking(
          "mapPublicIpOnLaunch",
          "is not false: every instance started in a default subnet gets a public IP address",
        );
      },
    },
  },
  {
    id: "VPC4",
    policy: "vpc4-disallow-open-ssh-acl",
    title: "Network ACLs do not let the internet reach SSH",
    severity: "medium",
    remedy: "remove port 22 from the rule, or limit it to the CIDR blocks that need it",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      sox: ["ITGC-access"],
      "cis-aws": ["6.2"],
    },
    resources: {
      "aws:ec2/networkAcl:NetworkAcl": ({ ingress }, report) => judgeAcl(ingress, report),
      "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": ({ ingress }, report) =>
        judgeAcl(ingress, report),
      "aws:ec2/networkAclRule:NetworkAclRule": (rule, report) => {
        if (!rule.egress) judgeAclRule(rule, () => rule.ruleAction, report);
      },
    },
  },
  {
    id: "VPC5",
    policy: "vpc5-missing-endpoints",
    title: "Every VPC reaches the AWS services its nodes need through VPC endpoints",
    severity: "medium",
    remedy: `add an ec2.VpcEndpoint for each of ${neededEndpoints.join(", ")}`,
    requirements: { soc2: ["CC6.6"], "pci-dss-4": ["1.3.1"] },
    stack: (stack, on) => {
      const endpoints = stack.all("aws:ec2/vpcEndpoint:VpcEndpoint");
      for (const vpc of stack.all("aws:ec2/vpc:Vpc")) {
        on(vpc).part(() => {
          const own = endpoints.filter((endpoint) => refersTo(endpoint, "vpcId", vpc));
          const missing = neededEndpoints.filter(
            (service) =>
              !firstOf(own, ({ props }) => props.serviceName?.endsWith(`.${service}`) ?? false),
          );
          if (missing.length > 0) {
            on(vpc).lacking(
              "",
              `has no endpoint for ${missing.join(", ")}: that traffic crosses the internet`,
            );
          }
        });
      }
    },
  },
];

function noRules(
  path: "ingress" | "egress",
  rules: readonly unknown[] | undefined,
  report: Report,
) {
  if ((rules?.length ?? 0) > 0) {
    report.wrong(path, rules, "resources without their own group get these rules");
  }
}
