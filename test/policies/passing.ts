/** One resource per type that meets every control, with the blueprint's settings. */
import type { ResourceType } from "../../policies/types.ts";
import { passingAwsAccount } from "./passing-aws-account.ts";
import { passingAwsData } from "./passing-aws-data.ts";
import { passingGcpData } from "./passing-gcp-data.ts";

export const passing = {
  "pulumi:pulumi:Stack": {},

  "aws:ebs/volume:Volume": {
    availabilityZone: "us-east-1a",
    size: 20,
    type: "gp3",
    encrypted: true,
  },
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
    defaultNetworkAclId: "acl-1",
    ingress: [],
    egress: [],
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { vpcId: "vpc-1", ingress: [], egress: [] },
  "aws:ec2/defaultSubnet:DefaultSubnet": {
    availabilityZone: "us-east-1a",
    mapPublicIpOnLaunch: false,
  },
  "aws:ec2/instance:Instance": {
    ami: "ami-1",
    instanceType: "t4g.small",
    associatePublicIpAddress: false,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    rootBlockDevice: { encrypted: true },
    ebsBlockDevices: [{ deviceName: "/dev/sdb", encrypted: true }],
    userData: "#!/bin/sh\nsystemctl start agent\n",
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    },
    blockDeviceMappings: [
      { deviceName: "/dev/xvda", ebs: { volumeType: "gp3", volumeSize: 20, encrypted: "true" } },
    ],
    networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "false" }],
    userData: Buffer.from("#!/bin/sh\nTOKEN=$(fetch-token)\necho ready\n").toString("base64"),
  },
  "aws:ec2/managedPrefixList:ManagedPrefixList": {
    addressFamily: "IPv4",
    maxEntries: 5,
    entries: [{ cidr: "203.0.113.0/24" }],
  },
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": {
    prefixListId: "pl-1",
    cidr: "203.0.113.0/24",
  },
  "aws:ec2/networkAcl:NetworkAcl": {
    vpcId: "vpc-1",
    ingress: [
      {
        ruleNo: 100,
        action: "allow",
        protocol: "-1",
        fromPort: 0,
        toPort: 0,
        cidrBlock: "10.32.0.0/16",
      },
      {
        ruleNo: 200,
        action: "allow",
        protocol: "tcp",
        fromPort: 1024,
        toPort: 65535,
        cidrBlock: "0.0.0.0/0",
      },
    ],
  },
  "aws:ec2/networkAclRule:NetworkAclRule": {
    networkAclId: "acl-1",
    ruleNumber: 100,
    ruleAction: "allow",
    protocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrBlock: "0.0.0.0/0",
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    vpcId: "vpc-1",
    ingress: [
      {
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: ["0.0.0.0/0"],
        ipv6CidrBlocks: ["::/0"],
      },
      { protocol: "-1", fromPort: 0, toPort: 0, self: true },
    ],
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    type: "ingress",
    securityGroupId: "sg-1",
    protocol: "tcp",
    fromPort: 80,
    toPort: 80,
    cidrBlocks: ["0.0.0.0/0"],
  },
  "aws:ec2/subnet:Subnet": {
    vpcId: "vpc-1",
    cidrBlock: "10.32.0.0/19",
    mapPublicIpOnLaunch: false,
  },
  "aws:eks/addon:Addon": {
    clusterName: "prod-aws-use1",
    addonName: "vpc-cni",
    configurationValues: JSON.stringify({
      enableNetworkPolicy: "true",
      env: { WARM_PREFIX_TARGET: "1" },
    }),
  },
  "aws:eks/cluster:Cluster": {
    name: "prod-aws-use1",
    version: "1.35",
    roleArn: "arn:aws:iam::111122223333:role/cluster",
    vpcConfig: {
      subnetIds: ["subnet-1", "subnet-2"],
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      // Ignored while the public endpoint is off.
      publicAccessCidrs: ["0.0.0.0/0"],
    },
    encryptionConfig: {
      provider: { keyArn: "arn:aws:kms:us-east-1:111122223333:key/1" },
      resources: ["secrets"],
    },
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    deletionProtection: true,
  },
  "aws:eks/nodeGroup:NodeGroup": {
    clusterName: "prod-aws-use1",
    subnetIds: ["subnet-1"],
    remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: ["sg-1"] },
  },
  ...passingAwsAccount,
  ...passingAwsData,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    securityGroupId: "sg-1",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "0.0.0.0/0",
  },

  "gcp:compute/firewall:Firewall": {
    network: "main",
    direction: "INGRESS",
    sourceRanges: ["0.0.0.0/0"],
    allows: [{ protocol: "tcp", ports: ["443", "8000-8100"] }],
  },
  "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": {
    firewallPolicy: "main",
    priority: 1000,
    direction: "INGRESS",
    action: "allow",
    match: { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "tcp", ports: ["443"] }] },
  },
  "gcp:compute/subnetwork:Subnetwork": {
    network: "main",
    ipCidrRange: "10.48.0.0/20",
    logConfig: { flowSampling: 0.5, aggregationInterval: "INTERVAL_1_MIN" },
  },
  "gcp:container/cluster:Cluster": {
    location: "europe-west1",
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    privateClusterConfig: { enablePrivateNodes: true },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: true },
      ipEndpointsConfig: { enabled: false },
    },
    databaseEncryption: {
      state: "ENCRYPTED",
      keyName: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
    },
    workloadIdentityConfig: { workloadPool: "prod.svc.id.goog" },
    releaseChannel: { channel: "REGULAR" },
    enableShieldedNodes: true,
    enableLegacyAbac: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER"] },
    monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS", "KUBELET"] },
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
  },
  "gcp:container/nodePool:NodePool": {
    cluster: "main",
    management: { autoRepair: true, autoUpgrade: true },
    networkConfig: { enablePrivateNodes: true },
    nodeConfig: {
      serviceAccount: "nodes@prod.iam.gserviceaccount.com",
      workloadMetadataConfig: { mode: "GKE_METADATA" },
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    },
  },
  ...passingGcpData,

  "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": {
    spec: {
      role: "nodes",
      associatePublicIPAddress: false,
      amiSelectorTerms: [{ alias: "al2023@v20260101" }],
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: "20Gi", encrypted: true } },
      ],
      subnetSelectorTerms: [{ id: "subnet-1" }],
    },
  },
  "kubernetes:storage.k8s.io/v1:StorageClass": {
    provisioner: "ebs.csi.aws.com",
    parameters: { type: "gp3", encrypted: "true" },
  },
} satisfies Partial<Record<ResourceType, Record<string, unknown>>>;

export type PassingType = keyof typeof passing;

/** A copy with one value set at a path such as `ingress[0].cidrBlocks`; `undefined` removes it. */
export function changed(type: PassingType, path: string, value: unknown): Record<string, unknown> {
  const props: Record<string, unknown> = structuredClone(passing[type]);
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  const last = keys.pop() ?? "";
  const parent = keys.reduce<Record<string, unknown>>((inner, key) => {
    inner[key] ??= {};
    return inner[key] as Record<string, unknown>;
  }, props);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return props;
}
