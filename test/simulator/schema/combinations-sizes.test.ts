// Sizes of documents and lists, each at its limit and one above. That the services count the same is known from the listed sources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkInputs, resourceSchema } from "../../../simulator/schema/index.ts";

type Bag = Record<string, unknown>;

/** What is said of one property, or of one below it. */
function said(type: string, property: string, inputs: Bag): string[] {
  const schema = resourceSchema(type);
  assert.ok(schema, type);
  return checkInputs(schema, inputs)
    .filter((failure) => /must have at most/.test(failure.reason) && failure.property === property)
    .map(({ reason }) => reason);
}

/** A policy document of this many characters, and of some whitespace that may not count. */
function policy(characters: number, spaces = 0): string {
  const of = (id: string) => JSON.stringify({ Version: "2012-10-17", Id: id, Statement: [] });
  return of("x".repeat(characters - of("").length)) + " ".repeat(spaces);
}

describe("documents", () => {
  const cases: [type: string, property: string, characters: number, spaces: boolean][] = [
    ["aws:iam/rolePolicy:RolePolicy", "policy", 10_240, false],
    ["aws:iam/policy:Policy", "policy", 6_144, false],
    ["aws:iam/role:Role", "assumeRolePolicy", 2_048, false],
    ["aws:kms/key:Key", "policy", 32_768, true],
    ["aws:kms/keyPolicy:KeyPolicy", "policy", 32_768, true],
    ["aws:s3/bucketPolicy:BucketPolicy", "policy", 20_480, true],
    ["aws:sqs/queuePolicy:QueuePolicy", "policy", 8_192, true],
    ["aws:sqs/queue:Queue", "policy", 8_192, true],
    ["aws:sns/topicPolicy:TopicPolicy", "policy", 30_720, true],
    ["aws:secretsmanager/secretPolicy:SecretPolicy", "policy", 20_480, true],
    ["aws:ec2/vpcEndpoint:VpcEndpoint", "policy", 20_480, true],
    ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyDocument", 5_120, true],
    ["aws:cloudwatch/eventBusPolicy:EventBusPolicy", "policy", 10_240, true],
    ["aws:msk/clusterPolicy:ClusterPolicy", "policy", 20_480, true],
  ];
  for (const [type, property, most, spaces] of cases) {
    test(`${type} has a document of at most ${most} characters`, () => {
      const of = (document: string) => said(type, property, { [property]: document });
      assert.deepEqual(of(policy(most)), []);
      assert.match(of(policy(most + 1)).join(), new RegExp(`at most ${most} .*got ${most + 1}`));
      assert.equal(of(policy(most, 1)).length, spaces ? 1 : 0);
    });
  }
});

describe("lists", () => {
  const cases: [type: string, property: string, most: number, of: (items: string[]) => Bag][] = [
    ["aws:ec2/networkAcl:NetworkAcl", "ingress", 20, (ingress) => ({ ingress })],
    ["aws:ec2/networkAcl:NetworkAcl", "egress", 20, (egress) => ({ egress })],
    ["aws:ec2/securityGroup:SecurityGroup", "ingress", 60, (ingress) => ({ ingress })],
    [
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      "securityGroupIds",
      5,
      (securityGroupIds) => ({ securityGroupIds }),
    ],
    [
      "aws:msk/cluster:Cluster",
      "brokerNodeGroupInfo.securityGroups",
      5,
      (securityGroups) => ({ brokerNodeGroupInfo: { securityGroups } }),
    ],
    [
      "aws:msk/replicator:Replicator",
      "replicationInfoList.topicReplications.0.topicsToReplicates",
      100,
      (topicsToReplicates) => ({
        replicationInfoList: { topicReplications: [{ topicsToReplicates }] },
      }),
    ],
    [
      "aws:msk/replicator:Replicator",
      "replicationInfoList.consumerGroupReplications.0.consumerGroupsToReplicates",
      100,
      (consumerGroupsToReplicates) => ({
        replicationInfoList: { consumerGroupReplications: [{ consumerGroupsToReplicates }] },
      }),
    ],
    ["aws:budgets/budget:Budget", "notifications", 5, (notifications) => ({ notifications })],
    [
      "aws:budgets/budget:Budget",
      "notifications",
      10,
      (subscriberEmailAddresses) => ({ notifications: [{ subscriberEmailAddresses }] }),
    ],
    [
      "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
      "domains",
      1_000,
      (domains) => ({ domains }),
    ],
    ["aws:route53/resolverRule:ResolverRule", "targetIps", 6, (targetIps) => ({ targetIps })],
    [
      "aws:route53/resolverEndpoint:ResolverEndpoint",
      "ipAddresses",
      6,
      (ipAddresses) => ({ ipAddresses }),
    ],
    [
      "aws:eks/cluster:Cluster",
      "vpcConfig.publicAccessCidrs",
      40,
      (publicAccessCidrs) => ({ vpcConfig: { publicAccessCidrs } }),
    ],
    [
      "gcp:container/cluster:Cluster",
      "masterAuthorizedNetworksConfig.cidrBlocks",
      100,
      (cidrBlocks) => ({ masterAuthorizedNetworksConfig: { cidrBlocks } }),
    ],
    ["gcp:managedkafka/acl:Acl", "aclEntries", 100, (aclEntries) => ({ aclEntries })],
    ["gcp:compute/firewall:Firewall", "sourceRanges", 5_000, (sourceRanges) => ({ sourceRanges })],
    [
      "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
      "match.destFqdns",
      100,
      (destFqdns) => ({ match: { destFqdns } }),
    ],
    [
      "gcp:projects/iAMCustomRole:IAMCustomRole",
      "permissions",
      3_000,
      (permissions) => ({ permissions }),
    ],
    [
      "aws:sqs/queuePolicy:QueuePolicy",
      "policy",
      20,
      (Statement) => ({ policy: JSON.stringify({ Statement }) }),
    ],
  ];
  for (const [type, property, most, of] of cases) {
    test(`${type} has at most ${most} in ${property}`, () => {
      const items = (count: number) => Array.from({ length: count }, (_, index) => `i${index}`);
      assert.deepEqual(said(type, property, of(items(most))), []);
      assert.match(said(type, property, of(items(most + 1))).join(), new RegExp(`got ${most + 1}`));
    });
  }
});
