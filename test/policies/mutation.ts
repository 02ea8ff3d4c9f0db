import type { PassingType } from "./passing.ts";

/** A changed value of a passing resource; `undefined` removes it. */
export interface Mutation {
  readonly type: PassingType;
  readonly path: string;
  readonly value: unknown;
}

/** A change that violates exactly one control. */
export interface Breaking extends Mutation {
  readonly control: string;
  /** What the message must contain. Default: the path. */
  readonly says?: string;
}

/** A change that looks like a violation, and is not. */
export interface Fine extends Mutation {
  readonly because: string;
}

/** A decisive value that is unknown until deployment. */
export interface Unknown {
  readonly control: string;
  readonly type: PassingType;
  readonly path: string;
  /** Other inputs that make it decisive. */
  readonly given?: Readonly<Record<string, unknown>>;
}

export const eks = "aws:eks/cluster:Cluster";
export const addon = "aws:eks/addon:Addon";
export const template = "aws:ec2/launchTemplate:LaunchTemplate";
export const instance = "aws:ec2/instance:Instance";
export const nodeClass = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass";
export const volume = "aws:ebs/volume:Volume";
export const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";
export const group = "aws:ec2/securityGroup:SecurityGroup";
export const defaultGroup = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const groupRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const acl = "aws:ec2/networkAcl:NetworkAcl";
export const defaultAcl = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";
export const aclRule = "aws:ec2/networkAclRule:NetworkAclRule";
export const rdsCluster = "aws:rds/cluster:Cluster";
export const rdsClusterInstance = "aws:rds/clusterInstance:ClusterInstance";
export const rdsInstance = "aws:rds/instance:Instance";
export const msk = "aws:msk/cluster:Cluster";
export const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
export const role = "aws:iam/role:Role";
export const trail = "aws:cloudtrail/trail:Trail";
export const logGroup = "aws:cloudwatch/logGroup:LogGroup";
export const bucketBlock = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const sql = "gcp:sql/databaseInstance:DatabaseInstance";
export const gke = "gcp:container/cluster:Cluster";
export const pool = "gcp:container/nodePool:NodePool";
export const firewall = "gcp:compute/firewall:Firewall";
export const firewallPolicyRule = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule";
export const subnetwork = "gcp:compute/subnetwork:Subnetwork";

/** A rule of a security group as it is written inline. */
export const inline = (fromPort: number, toPort: number, source: object, protocol = "tcp") => [
  { protocol, fromPort, toPort, ...source },
];
