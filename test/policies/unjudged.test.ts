/**
 * Values that a preview leaves to the update are reported once, as advisory. Unknown values and their origins are written by hand
 * here; pack.e2e.test.ts has those of the engine. The other suites prove that the update judges them.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ResourceType } from "../../policies/types.ts";
import { breakingAws } from "./breaking-aws.ts";
import { breakingAwsAccount } from "./breaking-aws-account.ts";
import { breakingAwsData } from "./breaking-aws-data.ts";
import { breakingAwsNetwork } from "./breaking-aws-network.ts";
import { breakingBucketsGcp } from "./breaking-buckets-gcp.ts";
import { breakingGcp } from "./breaking-gcp.ts";
import { preview, unknown } from "./cell.ts";
import { type Given, judgeRun, permanent, type Verdict } from "./judge.ts";
import { changed } from "./passing.ts";

const stack: Given = { type: "pulumi:pulumi:Stack", name: "atoll-prod", props: {} };
const origin: Given = { type: "gcp:serviceaccount/account:Account", name: "origin", props: {} };

/** A resource with one property from another resource of the same run. */
function waiting(type: ResourceType, property: string, name = "main", value: unknown = unknown) {
  return { type, name, props: { [property]: value }, from: { [property]: ["origin"] } };
}

const advice = (verdicts: readonly Verdict[]) =>
  verdicts.filter(({ control }) => control === "ATOLL3");

/** The lines of the only advisory. */
function named(verdicts: readonly Verdict[]): string[] {
  const [only, ...more] = advice(verdicts);
  assert.deepEqual(more, []);
  if (only === undefined) return [];
  assert.equal(only.level, "advisory");
  assert.ok(only.urn.endsWith("::pulumi:pulumi:Stack::atoll-prod"), only.urn);
  return only.message.split("\n").flatMap((line) => /^ {2}(\S.*)$/.exec(line)?.[1] ?? []);
}

describe("a preview that cannot judge a document", () => {
  const documents: readonly [ResourceType, string][] = [
    ["aws:iam/groupPolicy:GroupPolicy", "policy"],
    ["aws:iam/policy:Policy", "policy"],
    ["aws:iam/role:Role", "assumeRolePolicy"],
    ["aws:iam/rolePolicy:RolePolicy", "policy"],
    ["aws:iam/userPolicy:UserPolicy", "policy"],
    ["aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "policyArn"],
    ["aws:iam/policyAttachment:PolicyAttachment", "policyArn"],
    ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "policyArn"],
    ["aws:iam/userPolicyAttachment:UserPolicyAttachment", "policyArn"],
    ["aws:kms/keyPolicy:KeyPolicy", "policy"],
    ["aws:s3/bucketPolicy:BucketPolicy", "policy"],
    ["aws:sqs/queuePolicy:QueuePolicy", "policy"],
    ["gcp:pubsub/subscriptionIAMBinding:SubscriptionIAMBinding", "members"],
    ["gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember", "member"],
    ["gcp:pubsub/topicIAMBinding:TopicIAMBinding", "members"],
    ["gcp:pubsub/topicIAMMember:TopicIAMMember", "member"],
    ["gcp:storage/bucketIAMMember:BucketIAMMember", "member"],
    ["gcp:storage/bucketIAMBinding:BucketIAMBinding", "members"],
  ];
  for (const [type, property] of documents) {
    test(`reports ${property} of ${type}`, async () => {
      const verdicts = await judgeRun([stack, origin, waiting(type, property)]);
      assert.deepEqual(named(verdicts), [`${type} "main": ${property}`]);
    });
  }

  test("reports all of them in one advisory, each once for all controls", async () => {
    const verdicts = await judgeRun([
      stack,
      origin,
      waiting("aws:iam/rolePolicy:RolePolicy", "policy", "first"),
      waiting("aws:iam/rolePolicy:RolePolicy", "policy", "second"),
      waiting("aws:s3/bucketPolicy:BucketPolicy", "policy", "archive"),
    ]);
    assert.deepEqual(named(verdicts), [
      'aws:iam/rolePolicy:RolePolicy "first": policy',
      'aws:iam/rolePolicy:RolePolicy "second": policy',
      'aws:s3/bucketPolicy:BucketPolicy "archive": policy',
    ]);
    assert.match(advice(verdicts)[0]?.message ?? "", /3 values are unknown before the update/);
  });

  test("reports the only unknown member of several", async () => {
    const type = "gcp:storage/bucketIAMBinding:BucketIAMBinding";
    const members = ["user:ana@acme.example", unknown];
    const verdicts = await judgeRun([stack, origin, waiting(type, "members", "main", members)]);
    assert.deepEqual(named(verdicts), [`${type} "main": members[1]`]);
  });

  test("still blocks known violations", async () => {
    const open = JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    });
    const type = "aws:iam/rolePolicy:RolePolicy";
    const verdicts = await judgeRun([
      stack,
      origin,
      { type, name: "open", props: { policy: open } },
      waiting(type, "policy"),
    ]);
    assert.deepEqual(named(verdicts), [`${type} "main": policy`]);
    const stopped = verdicts.filter(({ level }) => level === "mandatory");
    assert.ok(stopped.some(({ control, urn }) => control === "IAM1" && urn.endsWith("::open")));
  });
});

test("a run in which every document is known has no such advisory", async () => {
  const verdicts = await judgeRun([
    stack,
    { type: "aws:iam/rolePolicy:RolePolicy", name: "main", props: { policy: "{}" } },
    { type: "aws:s3/bucketPolicy:BucketPolicy", name: "main", props: { policy: "{}" } },
  ]);
  assert.deepEqual(verdicts, []);
});

test("a document with an exemption for every control is not reported", async () => {
  const exemption = { resource: "main", reason: "reviewed by hand", expires: "9999-12-31" };
  const exempted = (...controls: string[]) => ({
    ...permanent,
    exemptions: controls.map((control) => ({ ...exemption, control })),
  });
  const run = [stack, origin, waiting("aws:iam/rolePolicy:RolePolicy", "policy")];
  assert.equal(named(await judgeRun(run, exempted("IAM1"))).length, 1);
  assert.deepEqual(named(await judgeRun(run, exempted("IAM1", "IAM3"))), []);
});

test("the first preview of a cell reports its unknown documents, and is not blocked", async () => {
  const verdicts = await judgeRun(preview);
  assert.deepEqual(
    verdicts.map(({ control }) => control),
    ["ATOLL3"],
  );
  assert.deepEqual(
    named(verdicts).map((line) => line.replace(/^\S+ /, "")),
    [
      '"role": assumeRolePolicy',
      '"role-policy": policy',
      '"attachment": policyArn',
      '"key-policy": policy',
      '"archive-policy": policy',
      '"publisher": member',
      '"writer": member',
    ],
  );
});

/** These accept any reference to a resource of the same run. */
const presenceOnly = [
  "RDS8 aws:rds/cluster:Cluster dbClusterParameterGroupName",
  "RDS8 aws:rds/instance:Instance parameterGroupName",
  "EC3 aws:elasticache/replicationGroup:ReplicationGroup userGroupIds",
  "CT3 aws:cloudtrail/trail:Trail kmsKeyId",
  "LOG1 aws:cloudwatch/logGroup:LogGroup kmsKeyId",
  "PS2 gcp:pubsub/topic:Topic kmsKeyName",
];

test("an unknown decisive value is always reported: as a violation, or as left to the update", async () => {
  const silent = new Set<string>();
  const rows = [
    ...[...breakingAws, ...breakingAwsNetwork, ...breakingAwsData, ...breakingAwsAccount],
    ...[...breakingBucketsGcp, ...breakingGcp],
  ];
  for (const { control, type, path } of rows) {
    const [property = ""] = path.split(/[.[]/);
    const verdicts = await judgeRun([
      stack,
      origin,
      { ...waiting(type, property), props: changed(type, property, unknown) },
    ]);
    const said = verdicts.some(
      ({ urn, message }) => urn.endsWith("::main") && message.includes(property),
    );
    if (!said && named(verdicts).length === 0) silent.add(`${control} ${type} ${property}`);
  }
  assert.deepEqual([...silent], presenceOnly);
});
