import {
  acl,
  aclRule,
  type Breaking,
  defaultAcl,
  defaultGroup,
  group,
  groupRule,
  ingressRule,
  inline,
} from "./mutation.ts";

const world = { cidrBlocks: ["0.0.0.0/0"] };
const world6 = { ipv6CidrBlocks: ["::/0"] };

/** Networks on AWS. */
export const breakingAwsNetwork: readonly Breaking[] = [
  { control: "VPC2", type: defaultGroup, path: "egress", value: inline(0, 0, world, "-1") },
  {
    control: "VPC2",
    type: defaultGroup,
    path: "ingress",
    value: inline(0, 0, { self: true }, "-1"),
  },
  { control: "VPC3", type: "aws:ec2/subnet:Subnet", path: "mapPublicIpOnLaunch", value: true },
  {
    control: "VPC3",
    type: "aws:ec2/defaultSubnet:DefaultSubnet",
    path: "mapPublicIpOnLaunch",
    value: undefined,
  },
  {
    control: "VPC4",
    type: acl,
    path: "ingress[1].fromPort",
    value: 22,
    says: "ingress[1].cidrBlock",
  },
  { control: "VPC4", type: acl, path: "ingress[0].cidrBlock", value: "0.0.0.0/0" },
  {
    control: "VPC4",
    type: defaultAcl,
    path: "ingress",
    value: [
      {
        ruleNo: 1,
        action: "allow",
        protocol: "6",
        fromPort: 22,
        toPort: 22,
        ipv6CidrBlock: "::/0",
      },
    ],
    says: "ipv6CidrBlock",
  },
  { control: "VPC4", type: aclRule, path: "fromPort", value: 20, says: "cidrBlock" },
  { control: "VPC4", type: aclRule, path: "protocol", value: "-1", says: "cidrBlock" },

  {
    control: "SG1",
    type: group,
    path: "ingress",
    value: inline(22, 22, world),
    says: 'cidrBlocks is ["0.0.0.0/0"]',
  },
  {
    control: "SG1",
    type: group,
    path: "ingress",
    value: inline(3389, 3400, world6),
    says: "port 3389",
  },
  { control: "SG1", type: groupRule, path: "fromPort", value: 22, says: "cidrBlocks" },
  { control: "SG1", type: ingressRule, path: "fromPort", value: 22, says: "cidrIpv4" },
  { control: "SG2", type: group, path: "ingress[1].cidrBlocks", value: ["0.0.0.0/0"] },
  {
    control: "SG2",
    type: group,
    path: "ingress",
    value: inline(0, 65535, world6),
    says: "every port",
  },
  { control: "SG2", type: groupRule, path: "protocol", value: "all", says: "cidrBlocks" },
  { control: "SG2", type: ingressRule, path: "ipProtocol", value: "-1", says: "cidrIpv4" },
  {
    control: "SG2",
    type: "aws:ec2/managedPrefixList:ManagedPrefixList",
    path: "entries[0].cidr",
    value: "0.0.0.0/0",
  },
  {
    control: "SG2",
    type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
    path: "cidr",
    value: "::/0",
  },
  {
    control: "SG3",
    type: group,
    path: "ingress",
    value: inline(5432, 5432, world),
    says: "PostgreSQL",
  },
  { control: "SG3", type: groupRule, path: "toPort", value: 1500, says: "SQL Server" },
  { control: "SG3", type: ingressRule, path: "toPort", value: 3388, says: "port 1433" },
];
