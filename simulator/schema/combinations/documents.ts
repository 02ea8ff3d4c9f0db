import {
  countLimits,
  type DocumentKind,
  documentLimits,
  sizeOf,
} from "../../../components/core/service-limits.ts";
import type { Combination } from "./combination.ts";

/** The policy documents of AWS resources, by type and property. All inline policies of a role together are an invariant. */
const documents: Readonly<Record<string, Readonly<Record<string, DocumentKind>>>> = {
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": { policy: "eventBusPolicy" },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { policyDocument: "logResourcePolicy" },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { policy: "endpointPolicy" },
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": { policy: "endpointPolicy" },
  "aws:iam/policy:Policy": { policy: "managedPolicy" },
  "aws:iam/role:Role": { assumeRolePolicy: "trustPolicy" },
  "aws:iam/rolePolicy:RolePolicy": { policy: "inlinePolicies" },
  "aws:kms/key:Key": { policy: "keyPolicy" },
  "aws:kms/keyPolicy:KeyPolicy": { policy: "keyPolicy" },
  "aws:kms/replicaKey:ReplicaKey": { policy: "keyPolicy" },
  "aws:msk/clusterPolicy:ClusterPolicy": { policy: "clusterPolicy" },
  "aws:s3/bucketPolicy:BucketPolicy": { policy: "bucketPolicy" },
  "aws:secretsmanager/secret:Secret": { policy: "secretPolicy" },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { policy: "secretPolicy" },
  "aws:sns/topic:Topic": { policy: "topicPolicy" },
  "aws:sns/topicPolicy:TopicPolicy": { policy: "topicPolicy" },
  "aws:sqs/queue:Queue": { policy: "queuePolicy" },
  "aws:sqs/queuePolicy:QueuePolicy": { policy: "queuePolicy" },
};

/** Lists with a maximum number of entries, by type and property. */
const lists: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "aws:budgets/budget:Budget": { notifications: countLimits.notificationsPerBudget },
  "aws:ec2/networkAcl:NetworkAcl": {
    ingress: countLimits.rulesPerNetworkAcl,
    egress: countLimits.rulesPerNetworkAcl,
  },
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
    ingress: countLimits.rulesPerNetworkAcl,
    egress: countLimits.rulesPerNetworkAcl,
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    ingress: countLimits.rulesPerSecurityGroup,
    egress: countLimits.rulesPerSecurityGroup,
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { securityGroupIds: countLimits.securityGroupsPerInterface },
  "aws:eks/cluster:Cluster": {
    "vpcConfig.securityGroupIds": countLimits.securityGroupsPerInterface,
    "vpcConfig.publicAccessCidrs": countLimits.publicAccessBlocks,
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    securityGroupIds: countLimits.securityGroupsPerInterface,
  },
  "aws:msk/cluster:Cluster": {
    "brokerNodeGroupInfo.securityGroups": countLimits.securityGroupsPerInterface,
  },
  "aws:msk/replicator:Replicator": {
    "replicationInfoList.topicReplications.0.topicsToReplicates": countLimits.replicatorTopics,
    "replicationInfoList.consumerGroupReplications.0.consumerGroupsToReplicates":
      countLimits.replicatorGroupPatterns,
  },
  "aws:rds/cluster:Cluster": { vpcSecurityGroupIds: countLimits.securityGroupsPerInterface },
  "aws:rds/proxy:Proxy": { vpcSecurityGroupIds: countLimits.securityGroupsPerInterface },
  "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": {
    domains: countLimits.domainsPerDnsRequest,
  },
  "aws:route53/resolverEndpoint:ResolverEndpoint": {
    ipAddresses: countLimits.addressesPerResolver,
  },
  "aws:route53/resolverRule:ResolverRule": { targetIps: countLimits.addressesPerResolver },
  "gcp:container/cluster:Cluster": {
    "masterAuthorizedNetworksConfig.cidrBlocks": countLimits.authorizedNetworks,
  },
  "gcp:managedkafka/acl:Acl": { aclEntries: countLimits.entriesPerKafkaAcl },
  "gcp:compute/firewall:Firewall": {
    sourceRanges: countLimits.rangesPerFirewallRule,
    destinationRanges: countLimits.rangesPerFirewallRule,
  },
  "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": {
    "match.destFqdns": countLimits.namesPerFirewallRule,
    "match.destIpRanges": countLimits.rangesPerFirewallRule,
    "match.srcIpRanges": countLimits.rangesPerFirewallRule,
  },
  "gcp:projects/iAMCustomRole:IAMCustomRole": { permissions: countLimits.permissionsPerCustomRole },
};

const emails: Combination = {
  property: "notifications",
  refuse: (given) => {
    const count = (given.list("notifications") ?? [])
      .map((_, index) => given.list(`notifications.${index}.subscriberEmailAddresses`)?.length ?? 0)
      .find((each) => each > countLimits.emailsPerNotification);
    return count === undefined
      ? undefined
      : `must have at most ${countLimits.emailsPerNotification} subscribers each, got ${count}`;
  },
};

const statements: Combination = {
  property: "policy",
  refuse: (given) => {
    const count = statementsIn(given.text("policy"));
    return count <= countLimits.statementsPerQueuePolicy
      ? undefined
      : `must have at most ${countLimits.statementsPerQueuePolicy} statements, got ${count}`;
  },
};

function statementsIn(document: string | undefined): number {
  try {
    const { Statement } = JSON.parse(document ?? "{}") as { Statement?: unknown };
    return Array.isArray(Statement) ? Statement.length : 0;
  } catch {
    return 0;
  }
}

function document(property: string, kind: DocumentKind): Combination {
  const { characters, spaces } = documentLimits[kind];
  return {
    property,
    refuse: (given) => {
      const text = given.text(property);
      const size = text === undefined ? 0 : sizeOf(text, kind);
      const counted = spaces ? "characters" : "characters without whitespace";
      return size <= characters
        ? undefined
        : `must have at most ${characters} ${counted}, got ${size}`;
    },
  };
}

function list(property: string, most: number): Combination {
  return {
    property,
    refuse: (given) => {
      const count = given.list(property)?.length ?? 0;
      return count <= most ? undefined : `must have at most ${most} items, got ${count}`;
    },
  };
}

const sized = Object.entries(documents).map(
  ([type, byProperty]) =>
    [type, Object.entries(byProperty).map(([name, kind]) => document(name, kind))] as const,
);
const counted = Object.entries(lists).map(
  ([type, byProperty]) =>
    [type, Object.entries(byProperty).map(([name, most]) => list(name, most))] as const,
);

/** Sizes of policy documents and of lists that grow with a manifest. */
export const documentSizes: Readonly<Record<string, readonly Combination[]>> =
  Object.fromEntries(sized);
export const listSizes: Readonly<Record<string, readonly Combination[]>> = {
  ...Object.fromEntries(counted),
  "aws:budgets/budget:Budget": [list("notifications", countLimits.notificationsPerBudget), emails],
  "aws:sqs/queue:Queue": [statements],
  "aws:sqs/queuePolicy:QueuePolicy": [statements],
};
