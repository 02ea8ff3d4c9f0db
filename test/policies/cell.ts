import * as pulumi from "@pulumi/pulumi";
import { bucketsOfCell } from "./cell-buckets.ts";
import type { Given } from "./judge.ts";
import { passing } from "./passing.ts";

export const unknown = pulumi.runtime.unknownValue;

/** A cell in its first preview: ids are unknown, and the engine provides their origins. */
export const preview: readonly Given[] = [
  { type: "pulumi:pulumi:Stack", name: "atoll-prod", props: {} },
  { type: "aws:ec2/vpc:Vpc", name: "vpc", props: { id: unknown, cidrBlock: "10.32.0.0/16" } },
  {
    type: "aws:ec2/flowLog:FlowLog",
    name: "flow-log",
    props: { vpcId: unknown, trafficType: "ALL" },
    from: { vpcId: ["vpc"] },
  },
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    name: "default",
    props: { vpcId: unknown, ingress: [], egress: [] },
    from: { vpcId: ["vpc"] },
  },
  ...["s3", "ecr.api", "ecr.dkr", "sts", "ec2", "logs", "kms"].map(
    (service): Given => ({
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      name: service,
      props: { vpcId: unknown, serviceName: `com.amazonaws.us-east-1.${service}` },
      from: { vpcId: ["vpc"] },
    }),
  ),
  { type: "aws:ec2/internetGateway:InternetGateway", name: "gateway", props: { id: unknown } },
  ...["private", "public"].flatMap((kind): Given[] => [
    {
      type: "aws:ec2/subnet:Subnet",
      name: kind,
      props: { id: unknown, vpcId: unknown, mapPublicIpOnLaunch: false, tags: { discovery: kind } },
      from: { vpcId: ["vpc"] },
    },
    { type: "aws:ec2/routeTable:RouteTable", name: `${kind}-table`, props: { id: unknown } },
    {
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name: `${kind}-association`,
      props: { subnetId: unknown, routeTableId: unknown },
      from: { subnetId: [kind], routeTableId: [`${kind}-table`] },
    },
  ]),
  {
    type: "aws:ec2/route:Route",
    name: "out",
    props: { routeTableId: unknown, gatewayId: unknown, destinationCidrBlock: "0.0.0.0/0" },
    from: { routeTableId: ["public-table"], gatewayId: ["gateway"] },
  },
  {
    type: "aws:eks/cluster:Cluster",
    name: "cluster",
    props: { ...passing["aws:eks/cluster:Cluster"], id: unknown },
  },
  {
    type: "aws:eks/addon:Addon",
    name: "vpc-cni",
    props: passing["aws:eks/addon:Addon"],
    from: { clusterName: ["cluster"] },
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    name: "system",
    props: { subnetIds: [unknown] },
    from: { subnetIds: ["private"] },
  },
  {
    type: "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
    name: "node-class",
    props: { spec: { subnetSelectorTerms: [{ id: unknown }, { tags: { discovery: "private" } }] } },
    from: { spec: ["private", "cluster"] },
  },
  { type: "aws:kms/key:Key", name: "key", props: { ...passing["aws:kms/key:Key"], id: unknown } },
  {
    type: "aws:kms/keyPolicy:KeyPolicy",
    name: "key-policy",
    props: { keyId: unknown, policy: unknown },
    from: { keyId: ["key"], policy: ["role"] },
  },
  {
    type: "aws:iam/role:Role",
    name: "role",
    props: { assumeRolePolicy: unknown, id: unknown, inlinePolicies: unknown },
    from: { assumeRolePolicy: ["cluster"] },
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "role-policy",
    props: { policy: unknown, role: unknown },
    from: { policy: ["key"], role: ["role"] },
  },
  {
    type: "aws:rds/cluster:Cluster",
    name: "database",
    props: { ...passing["aws:rds/cluster:Cluster"], id: unknown },
  },
  ...["us-east-1a", "us-east-1b"].map(
    (availabilityZone, index): Given => ({
      type: "aws:rds/clusterInstance:ClusterInstance",
      name: `database-${index + 1}`,
      props: {
        ...passing["aws:rds/clusterInstance:ClusterInstance"],
        clusterIdentifier: unknown,
        availabilityZone,
      },
      from: { clusterIdentifier: ["database"] },
    }),
  ),
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: "attachment",
    props: { policyArn: unknown, role: unknown },
    from: { policyArn: ["role-policy"], role: ["role"] },
  },
  ...bucketsOfCell,
  {
    type: "gcp:storage/bucketIAMMember:BucketIAMMember",
    name: "writer",
    props: { role: "roles/storage.objectCreator", member: unknown },
    from: { member: ["nodes"] },
  },
  {
    type: "gcp:pubsub/topicIAMMember:TopicIAMMember",
    name: "publisher",
    props: { topic: "orders", role: "roles/pubsub.publisher", member: unknown },
    from: { member: ["nodes"] },
  },
  { type: "gcp:serviceaccount/account:Account", name: "nodes", props: { email: unknown } },
  {
    type: "gcp:container/nodePool:NodePool",
    name: "pool",
    props: {
      nodeConfig: {
        ...passing["gcp:container/nodePool:NodePool"].nodeConfig,
        serviceAccount: unknown,
      },
    },
    from: { nodeConfig: ["nodes"] },
  },
  {
    type: "kubernetes:core/v1:Namespace",
    name: "apps",
    provider: "eks",
    props: {
      metadata: { name: "apps", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    },
  },
  {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "deny-all",
    provider: "eks",
    props: {
      metadata: { name: "deny-all", namespace: "apps" },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    },
  },
];
