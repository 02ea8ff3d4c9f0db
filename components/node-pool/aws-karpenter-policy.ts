/**
 * The IAM policies of Karpenter's controller: it can launch instances only with this cluster's tags, and change only instances with
 * them. Source of the permissions: Karpenter 1.14 documentation, reference "CloudFormation".
 */
import type * as pulumi from "@pulumi/pulumi";
import { clusterArn } from "../cluster/aws-arns.ts";
import type { Statement } from "../core/iam.ts";
import { volumesKeyStatements } from "./aws-volumes-key.ts";

export interface KarpenterGrants {
  readonly cluster: { readonly name: string; readonly region: string; readonly account: string };
  readonly nodeRoleArn: pulumi.Input<string>;
  readonly queueArn: pulumi.Input<string>;
  readonly volumesKeyArn: pulumi.Input<string>;
}

/** By name of the role's inline policies. Together they stay within IAM's limit of 10,240 characters per role. */
export function karpenterPolicies(grants: KarpenterGrants): Record<string, Statement[]> {
  return {
    "node-lifecycle": nodeLifecycle(grants),
    "instance-profiles": instanceProfiles(grants),
    cluster: clusterIntegration(grants),
    discovery: discovery(grants),
    "spot-role": spotRole(grants),
    "volumes-key": volumesKeyStatements(grants.volumesKeyArn, grants.cluster.region),
  };
}

function nodeLifecycle({ cluster }: KarpenterGrants): Statement[] {
  const ec2 = (...kinds: string[]) =>
    kinds.map((kind) => `arn:aws:ec2:${cluster.region}:*:${kind}/*`);
  const images = (...kinds: string[]) =>
    kinds.map((kind) => `arn:aws:ec2:${cluster.region}::${kind}/*`);
  const made = ec2(
    "fleet",
    "instance",
    "volume",
    "network-interface",
    "launch-template",
    "spot-instances-request",
  );
  const owned = `kubernetes.io/cluster/${cluster.name}`;
  const asks = {
    [`aws:RequestTag/${owned}`]: "owned",
    "aws:RequestTag/eks:eks-cluster-name": cluster.name,
  };
  const bears = { [`aws:ResourceTag/${owned}`]: "owned" };
  const ofAnyPool = { "aws:ResourceTag/karpenter.sh/nodepool": "*" };
  return [
    {
      sid: "LaunchFromWhatExists",
      actions: ["ec2:RunInstances", "ec2:CreateFleet"],
      resources: [
        ...images("image", "snapshot"),
        ...ec2("security-group", "subnet", "capacity-reservation", "placement-group"),
      ],
    },
    {
      sid: "LaunchFromOwnTemplates",
      actions: ["ec2:RunInstances", "ec2:CreateFleet"],
      resources: ec2("launch-template"),
      conditions: { StringEquals: bears, StringLike: ofAnyPool },
    },
    {
      sid: "LaunchOnlyTagged",
      actions: ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"],
      resources: made,
      conditions: {
        StringEquals: asks,
        StringLike: { "aws:RequestTag/karpenter.sh/nodepool": "*" },
      },
    },
    {
      sid: "TagWhenMaking",
      actions: "ec2:CreateTags",
      resources: made,
      conditions: {
        StringEquals: {
          ...asks,
          "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
        },
        StringLike: { "aws:RequestTag/karpenter.sh/nodepool": "*" },
      },
    },
    {
      sid: "NameOwnInstances",
      actions: "ec2:CreateTags",
      resources: ec2("instance"),
      conditions: {
        StringEquals: bears,
        StringLike: ofAnyPool,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": cluster.name },
        "ForAllValues:StringEquals": {
          "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"],
        },
      },
    },
    {
      sid: "EndOnlyOwn",
      actions: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      resources: ec2("instance", "launch-template"),
      conditions: { StringEquals: bears, StringLike: ofAnyPool },
    },
  ];
}

function instanceProfiles({ cluster, nodeRoleArn }: KarpenterGrants): Statement[] {
  const profiles = `arn:aws:iam::${cluster.account}:instance-profile/*`;
  const owned = `kubernetes.io/cluster/${cluster.name}`;
  const here = "topology.kubernetes.io/region";
  const asks = {
    [`aws:RequestTag/${owned}`]: "owned",
    "aws:RequestTag/eks:eks-cluster-name": cluster.name,
    [`aws:RequestTag/${here}`]: cluster.region,
  };
  const bears = {
    [`aws:ResourceTag/${owned}`]: "owned",
    [`aws:ResourceTag/${here}`]: cluster.region,
  };
  const asksClass = { "aws:RequestTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  const bearsClass = { "aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  return [
    {
      sid: "GiveNodesTheirRole",
      actions: "iam:PassRole",
      resources: nodeRoleArn,
      conditions: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      sid: "MakeTaggedProfiles",
      actions: "iam:CreateInstanceProfile",
      resources: profiles,
      conditions: { StringEquals: asks, StringLike: asksClass },
    },
    {
      sid: "TagOwnProfiles",
      actions: "iam:TagInstanceProfile",
      resources: profiles,
      conditions: {
        StringEquals: { ...bears, ...asks },
        StringLike: { ...bearsClass, ...asksClass },
      },
    },
    {
      sid: "ChangeOwnProfiles",
      actions: [
        "iam:AddRoleToInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:DeleteInstanceProfile",
      ],
      resources: profiles,
      conditions: { StringEquals: bears, StringLike: bearsClass },
    },
    { sid: "ReadProfiles", actions: "iam:GetInstanceProfile", resources: profiles },
    { sid: "ListProfiles", actions: "iam:ListInstanceProfiles", resources: "*" },
  ];
}

/**
 * EC2 creates the service-linked role for Spot, with the permissions of who first requests a Spot Instance in an account. Karpenter's
 * CloudFormation template does not allow it: its guide creates the role by hand. Source of the ARN: EC2 user guide, "Service-linked role
 * for Spot Instance requests".
 */
function spotRole({ cluster }: KarpenterGrants): Statement[] {
  return [
    {
      sid: "LetEc2MakeItsSpotRole",
      actions: "iam:CreateServiceLinkedRole",
      resources: `arn:aws:iam::${cluster.account}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot`,
      conditions: { StringEquals: { "iam:AWSServiceName": "spot.amazonaws.com" } },
    },
  ];
}

function clusterIntegration({ cluster, queueArn }: KarpenterGrants): Statement[] {
  return [
    { sid: "FindCluster", actions: "eks:DescribeCluster", resources: clusterArn(cluster) },
    {
      sid: "FollowZonalShift",
      actions: "arc-zonal-shift:GetManagedResource",
      resources: "*",
      conditions: { StringEquals: { "arc-zonal-shift:ResourceIdentifier": clusterArn(cluster) } },
    },
    {
      sid: "ReadInterruptions",
      actions: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      resources: queueArn,
    },
  ];
}

function discovery({ cluster }: KarpenterGrants): Statement[] {
  return [
    {
      sid: "LookAroundInTheRegion",
      actions: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
      ],
      resources: "*",
      conditions: { StringEquals: { "aws:RequestedRegion": cluster.region } },
    },
    {
      sid: "FindImages",
      actions: "ssm:GetParameter",
      resources: `arn:aws:ssm:${cluster.region}::parameter/aws/service/*`,
    },
    { sid: "ReadPrices", actions: "pricing:GetProducts", resources: "*" },
  ];
}
