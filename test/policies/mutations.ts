import { gzipSync } from "node:zlib";
import type { PassingType } from "./passing.ts";

interface Mutation {
  readonly type: PassingType;
  readonly path: string;
  readonly value: unknown;
}

interface Breaking extends Mutation {
  readonly control: string;
  /** What the message must name; the path unless something else is given. */
  readonly says?: string;
}

const eks = "aws:eks/cluster:Cluster";
const addon = "aws:eks/addon:Addon";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const instance = "aws:ec2/instance:Instance";
const nodeClass = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass";
const volume = "aws:ebs/volume:Volume";
const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";
const group = "aws:ec2/securityGroup:SecurityGroup";
const defaultGroup = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const groupRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const acl = "aws:ec2/networkAcl:NetworkAcl";
const defaultAcl = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";
const aclRule = "aws:ec2/networkAclRule:NetworkAclRule";
const gke = "gcp:container/cluster:Cluster";
const pool = "gcp:container/nodePool:NodePool";
const firewall = "gcp:compute/firewall:Firewall";
const firewallPolicyRule = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule";
const subnetwork = "gcp:compute/subnetwork:Subnetwork";

const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const inline = (fromPort: number, toPort: number, source: object, protocol = "tcp") => [
  { protocol, fromPort, toPort, ...source },
];
const world = { cidrBlocks: ["0.0.0.0/0"] };
const world6 = { ipv6CidrBlocks: ["::/0"] };
const fakeKey = `AKIA${"ABCDEFGH".repeat(2)}`;

/** One change each that breaks exactly one control. */
export const breaking: readonly Breaking[] = [
  {
    control: "EKS1",
    type: eks,
    path: "vpcConfig.endpointPublicAccess",
    value: true,
    says: 'publicAccessCidrs is ["0.0.0.0/0"]',
  },
  {
    control: "EKS1",
    type: eks,
    path: "vpcConfig.endpointPublicAccess",
    value: undefined,
    says: "vpcConfig.publicAccessCidrs",
  },
  {
    control: "EKS1",
    type: eks,
    path: "vpcConfig",
    value: { subnetIds: [] },
    says: "lets every address of the internet in",
  },
  {
    control: "EKS1",
    type: eks,
    path: "vpcConfig",
    value: { subnetIds: [], publicAccessCidrs: ["0.0.0.0/1"] },
    says: "0.0.0.0/1",
  },
  { control: "EKS2", type: eks, path: "encryptionConfig", value: undefined },
  { control: "EKS2", type: eks, path: "encryptionConfig.resources", value: [] },
  { control: "EKS2", type: eks, path: "encryptionConfig.provider.keyArn", value: "" },
  { control: "EKS3", type: eks, path: "enabledClusterLogTypes", value: undefined, says: "audit" },
  {
    control: "EKS3",
    type: eks,
    path: "enabledClusterLogTypes",
    value: ["api", "audit"],
    says: "scheduler missing",
  },
  { control: "EKS4", type: eks, path: "version", value: "1.29" },
  { control: "EKS4", type: eks, path: "version", value: undefined },
  { control: "EKS5", type: eks, path: "deletionProtection", value: false },
  { control: "EKS5", type: eks, path: "deletionProtection", value: undefined },
  { control: "EKS7", type: addon, path: "configurationValues", value: undefined },
  {
    control: "EKS7",
    type: addon,
    path: "configurationValues",
    value: '{"enableNetworkPolicy":"false"}',
  },
  { control: "EKS7", type: addon, path: "configurationValues", value: "env: {}" },
  {
    control: "NG1",
    type: "aws:eks/nodeGroup:NodeGroup",
    path: "remoteAccess.sourceSecurityGroupIds",
    value: undefined,
  },

  { control: "LT1", type: template, path: "metadataOptions", value: undefined, says: "httpTokens" },
  { control: "LT1", type: template, path: "metadataOptions.httpTokens", value: "optional" },
  { control: "LT1", type: template, path: "metadataOptions.httpPutResponseHopLimit", value: 2 },
  { control: "LT1", type: instance, path: "metadataOptions.httpTokens", value: "optional" },
  {
    control: "LT1",
    type: nodeClass,
    path: "spec.metadataOptions.httpPutResponseHopLimit",
    value: 2,
  },
  {
    control: "LT2",
    type: template,
    path: "networkInterfaces[0].associatePublicIpAddress",
    value: "true",
  },
  { control: "LT2", type: instance, path: "associatePublicIpAddress", value: true },
  { control: "LT2", type: nodeClass, path: "spec.associatePublicIPAddress", value: true },
  {
    control: "LT3",
    type: template,
    path: "userData",
    value: base64(`#!/bin/sh\nexport K=${fakeKey}`),
    says: "line 2",
  },
  {
    control: "LT3",
    type: template,
    path: "userData",
    value: base64(gzipSync("db:\n  password: hunter2hunter2\n")),
    says: "a password or token",
  },
  {
    control: "LT3",
    type: instance,
    path: "userData",
    value: "-----BEGIN RSA PRIVATE KEY-----",
    says: "a private key",
  },
  {
    control: "LT3",
    type: instance,
    path: "userDataBase64",
    value: base64("postgres://app:s3cret@db/app"),
    says: "a password in a URL",
  },
  {
    control: "LT3",
    type: nodeClass,
    path: "spec.userData",
    value: `GITHUB=ghp_${"a1".repeat(18)}`,
    says: "a GitHub token",
  },
  { control: "EBS1", type: volume, path: "encrypted", value: false },
  { control: "EBS1", type: volume, path: "encrypted", value: undefined },
  { control: "EBS1", type: template, path: "blockDeviceMappings", value: undefined },
  { control: "EBS1", type: template, path: "blockDeviceMappings[0].ebs.encrypted", value: "false" },
  { control: "EBS1", type: instance, path: "rootBlockDevice", value: undefined },
  { control: "EBS1", type: instance, path: "ebsBlockDevices[0].encrypted", value: false },
  {
    control: "EBS1",
    type: nodeClass,
    path: "spec.blockDeviceMappings[0].ebs.encrypted",
    value: undefined,
  },
  { control: "EBS1", type: storageClass, path: "parameters.encrypted", value: "false" },
  {
    control: "EBS1",
    type: storageClass,
    path: "parameters",
    value: undefined,
    says: "parameters.encrypted",
  },

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

  { control: "GKE1", type: gke, path: "privateClusterConfig", value: undefined },
  { control: "GKE1", type: gke, path: "privateClusterConfig.enablePrivateNodes", value: false },
  { control: "GKE1", type: pool, path: "networkConfig.enablePrivateNodes", value: false },
  {
    control: "GKE2",
    type: gke,
    path: "controlPlaneEndpointsConfig",
    value: undefined,
    says: "masterAuthorizedNetworksConfig",
  },
  {
    control: "GKE2",
    type: gke,
    path: "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled",
    value: true,
    says: "masterAuthorizedNetworksConfig",
  },
  {
    control: "GKE2",
    type: gke,
    path: "controlPlaneEndpointsConfig.dnsEndpointConfig.enableK8sTokensViaDns",
    value: true,
  },
  { control: "GKE3", type: gke, path: "databaseEncryption", value: undefined },
  { control: "GKE3", type: gke, path: "databaseEncryption.state", value: "DECRYPTED" },
  { control: "GKE4", type: gke, path: "workloadIdentityConfig", value: undefined },
  {
    control: "GKE4",
    type: pool,
    path: "nodeConfig.workloadMetadataConfig.mode",
    value: "GCE_METADATA",
  },
  { control: "GKE4", type: pool, path: "nodeConfig.workloadMetadataConfig", value: undefined },
  {
    control: "GKE5",
    type: pool,
    path: "nodeConfig.serviceAccount",
    value: "12345-compute@developer.gserviceaccount.com",
  },
  { control: "GKE5", type: pool, path: "nodeConfig.serviceAccount", value: undefined },
  {
    control: "GKE5",
    type: gke,
    path: "enableAutopilot",
    value: true,
    says: "autoProvisioningDefaults.serviceAccount",
  },
  { control: "GKE6", type: gke, path: "enableShieldedNodes", value: false },
  { control: "GKE6", type: pool, path: "nodeConfig.shieldedInstanceConfig", value: undefined },
  {
    control: "GKE6",
    type: pool,
    path: "nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring",
    value: false,
  },
  { control: "GKE7", type: gke, path: "releaseChannel", value: undefined },
  { control: "GKE7", type: gke, path: "releaseChannel.channel", value: "UNSPECIFIED" },
  { control: "GKE7", type: pool, path: "management.autoUpgrade", value: false },
  { control: "GKE8", type: gke, path: "enableLegacyAbac", value: true },
  {
    control: "GKE8",
    type: gke,
    path: "masterAuth.clientCertificateConfig.issueClientCertificate",
    value: true,
  },
  {
    control: "GKE9",
    type: gke,
    path: "loggingConfig.enableComponents",
    value: ["SYSTEM_COMPONENTS"],
  },
  { control: "GKE9", type: gke, path: "loggingService", value: "none" },
  { control: "GKE9", type: gke, path: "monitoringConfig.enableComponents", value: [] },
  { control: "GKE9", type: gke, path: "binaryAuthorization", value: undefined },

  { control: "NET1", type: firewall, path: "allows[0].ports", value: ["20-25"], says: "allows[0]" },
  { control: "NET1", type: firewall, path: "allows[0].ports", value: undefined, says: "allows[0]" },
  { control: "NET1", type: firewall, path: "allows", value: [{ protocol: "all" }] },
  {
    control: "NET1",
    type: firewallPolicyRule,
    path: "match.layer4Configs[0].ports",
    value: ["3389"],
    says: "match.layer4Configs[0]",
  },
  { control: "NET2", type: subnetwork, path: "logConfig", value: undefined },
  { control: "NET2", type: subnetwork, path: "logConfig.flowSampling", value: 0 },
];

/** Changes that look alike and break nothing. */
export const fine: readonly (Mutation & { readonly because: string })[] = [
  { type: addon, path: "addonName", value: "coredns", because: "the control is for vpc-cni" },
  {
    type: addon,
    path: "configurationValues",
    value: "enableNetworkPolicy: true",
    because: "EKS takes YAML too",
  },
  {
    type: template,
    path: "metadataOptions",
    value: { httpEndpoint: "disabled" },
    because: "there is no metadata service",
  },
  {
    type: template,
    path: "blockDeviceMappings[0]",
    value: { deviceName: "/dev/sdb", noDevice: "true" },
    because: "there is no volume",
  },
  { type: template, path: "userData", value: undefined, because: "no user data holds no secret" },
  {
    type: nodeClass,
    path: "spec.metadataOptions",
    value: undefined,
    because: "Karpenter's defaults are safe",
  },
  {
    type: nodeClass,
    path: "spec.blockDeviceMappings",
    value: undefined,
    because: "Karpenter encrypts what it maps by itself",
  },
  {
    type: storageClass,
    path: "provisioner",
    value: "pd.csi.storage.gke.io",
    because: "other clouds encrypt by default",
  },
  {
    type: group,
    path: "ingress",
    value: inline(22, 22, { cidrBlocks: ["10.0.0.0/8"], securityGroups: ["sg-2"] }),
    because: "the sources are private",
  },
  { type: groupRule, path: "type", value: "egress", because: "it lets nothing in" },
  { type: ingressRule, path: "cidrIpv4", value: undefined, because: "it names no block" },
  {
    type: acl,
    path: "ingress[0]",
    value: {
      ruleNo: 50,
      action: "deny",
      protocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrBlock: "0.0.0.0/0",
    },
    because: "it denies",
  },
  {
    type: acl,
    path: "ingress",
    value: [
      {
        ruleNo: 300,
        action: "allow",
        protocol: "-1",
        fromPort: 0,
        toPort: 0,
        cidrBlock: "0.0.0.0/0",
      },
      {
        ruleNo: 100,
        action: "deny",
        protocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrBlock: "0.0.0.0/0",
      },
    ],
    because: "the denial has the lower number",
  },
  { type: aclRule, path: "egress", value: true, because: "it lets nothing in" },
  {
    type: gke,
    path: "privateClusterConfig.enablePrivateEndpoint",
    value: true,
    because: "there is no public address",
  },
  { type: firewall, path: "direction", value: "EGRESS", because: "it lets nothing in" },
  { type: firewall, path: "disabled", value: true, because: "it is off" },
  {
    type: subnetwork,
    path: "purpose",
    value: "REGIONAL_MANAGED_PROXY",
    because: "it has its flow logs anyway",
  },
];

interface Unknown {
  readonly control: string;
  readonly type: PassingType;
  readonly path: string;
  /** The path that the message names; the same unless something else is given. */
  readonly where?: string;
  /** Inputs beside it that make it the one that decides. */
  readonly given?: Readonly<Record<string, unknown>>;
}

/** One value each that is not known until deployment and that decides. */
export const unknowns: readonly Unknown[] = [
  { control: "EKS1", type: eks, path: "vpcConfig.endpointPublicAccess" },
  { control: "EKS2", type: eks, path: "encryptionConfig.resources" },
  { control: "EKS3", type: eks, path: "enabledClusterLogTypes[4]" },
  { control: "EKS4", type: eks, path: "version" },
  { control: "EKS5", type: eks, path: "deletionProtection" },
  { control: "EKS7", type: addon, path: "configurationValues" },
  {
    control: "NG1",
    type: "aws:eks/nodeGroup:NodeGroup",
    path: "remoteAccess.sourceSecurityGroupIds",
  },
  { control: "LT1", type: template, path: "metadataOptions.httpTokens" },
  { control: "LT1", type: nodeClass, path: "spec.metadataOptions" },
  { control: "LT2", type: template, path: "networkInterfaces[0].associatePublicIpAddress" },
  { control: "LT3", type: template, path: "userData" },
  { control: "LT3", type: nodeClass, path: "spec.userData" },
  { control: "EBS1", type: volume, path: "encrypted" },
  { control: "EBS1", type: template, path: "blockDeviceMappings[0].ebs.encrypted" },
  { control: "VPC2", type: defaultGroup, path: "egress" },
  { control: "VPC3", type: "aws:ec2/subnet:Subnet", path: "mapPublicIpOnLaunch" },
  { control: "VPC4", type: aclRule, path: "cidrBlock", given: { fromPort: 22, toPort: 22 } },
  { control: "VPC4", type: acl, path: "ingress[0].cidrBlock" },
  { control: "SG1", type: groupRule, path: "cidrBlocks", given: { fromPort: 22, toPort: 22 } },
  { control: "SG2", type: ingressRule, path: "cidrIpv4", given: { ipProtocol: "-1" } },
  { control: "SG3", type: groupRule, path: "cidrBlocks", given: { fromPort: 5432, toPort: 5432 } },
  { control: "GKE1", type: gke, path: "privateClusterConfig.enablePrivateNodes" },
  { control: "GKE2", type: gke, path: "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled" },
  { control: "GKE3", type: gke, path: "databaseEncryption.state" },
  { control: "GKE4", type: pool, path: "nodeConfig.workloadMetadataConfig.mode" },
  { control: "GKE6", type: pool, path: "nodeConfig.shieldedInstanceConfig.enableSecureBoot" },
  { control: "GKE7", type: gke, path: "releaseChannel.channel" },
  { control: "GKE8", type: gke, path: "enableLegacyAbac" },
  { control: "GKE9", type: gke, path: "binaryAuthorization.evaluationMode" },
  {
    control: "NET1",
    type: firewall,
    path: "sourceRanges",
    given: { allows: [{ protocol: "tcp", ports: ["22"] }] },
  },
  { control: "NET2", type: subnetwork, path: "logConfig" },
];
