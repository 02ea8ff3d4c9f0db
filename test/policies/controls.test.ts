/**
 * Mutation tests of the controls that judge single resources: from a resource that passes, one value is changed, and exactly
 * one control of the whole pack must speak. They prove what the controls say about inputs in the wire's form; they do not prove
 * that a cloud means by these inputs what its documentation says.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { controls } from "../../policies/catalogue.ts";
import type { ResourceType } from "../../policies/types.ts";
import { breakingAws } from "./breaking-aws.ts";
import { breakingAwsAccount, fineAwsAccount, unknownsAwsAccount } from "./breaking-aws-account.ts";
import { breakingAwsData, fineAwsData, unknownsAwsData } from "./breaking-aws-data.ts";
import { breakingAwsNetwork } from "./breaking-aws-network.ts";
import { breakingBucketsGcp, fineBucketsGcp, unknownsBucketsGcp } from "./breaking-buckets-gcp.ts";
import { breakingGcp } from "./breaking-gcp.ts";
import { fine as finePlatform } from "./fine.ts";
import { judge } from "./judge.ts";
import { changed, type PassingType, passing } from "./passing.ts";
import { unknowns as unknownsOfPlatform } from "./unknowns.ts";

const unknown = pulumi.runtime.unknownValue;
const breaking = [
  ...breakingAws,
  ...breakingAwsNetwork,
  ...breakingAwsData,
  ...breakingAwsAccount,
  ...breakingBucketsGcp,
  ...breakingGcp,
];
const unknowns = [
  ...unknownsOfPlatform,
  ...unknownsAwsData,
  ...unknownsAwsAccount,
  ...unknownsBucketsGcp,
];
const fine = [...finePlatform, ...fineAwsData, ...fineAwsAccount, ...fineBucketsGcp];

describe("a resource with the blueprint's settings", () => {
  for (const type of Object.keys(passing) as PassingType[]) {
    test(`${type} meets every control`, async () => {
      assert.deepEqual(await judge([{ type, name: "main", props: passing[type] }]), []);
    });
  }
});

describe("one change", () => {
  for (const { control, type, path, value, says = path } of breaking) {
    test(`${control} alone speaks when ${path} of ${type} is ${JSON.stringify(value) ?? "left out"}`, async () => {
      const verdicts = await judge([{ type, name: "main", props: changed(type, path, value) }]);
      assert.deepEqual([...new Set(verdicts.map((verdict) => verdict.control))], [control]);
      const [first] = verdicts;
      assert.equal(first?.level, "mandatory");
      assert.ok(first.message.includes(says), `${first.message}\nshould name ${says}`);
      assert.match(first.message, /"main"/);
      assert.match(first.message, /\nRemedy: .+\./);
    });
  }

  for (const { type, path, value, because } of fine) {
    test(`nothing speaks when ${path} of ${type} is ${JSON.stringify(value) ?? "left out"}, as ${because}`, async () => {
      const verdicts = await judge([{ type, name: "main", props: changed(type, path, value) }]);
      assert.deepEqual(verdicts, []);
    });
  }
});

describe("a value that is not known until deployment", () => {
  for (const { control, type, path, given } of unknowns) {
    test(`${control} keeps its level when ${path} of ${type} is unknown`, async () => {
      const props = changed(type, path, unknown);
      const verdicts = await judge([{ type, name: "main", props: { ...props, ...given } }]);
      assert.deepEqual(
        verdicts.map((verdict) => [verdict.control, verdict.level]),
        [[control, "mandatory"]],
      );
      assert.ok(
        verdicts[0]?.message.includes(`${path} is not known until deployment`),
        verdicts[0]?.message,
      );
    });
  }

  test("does not hide what is known to be wrong beside it", async () => {
    const props = changed("aws:ec2/securityGroup:SecurityGroup", "ingress", [
      unknown,
      { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [unknown, "0.0.0.0/0"] },
    ]);
    const verdicts = await judge([
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "main", props },
    ]);
    const ssh = verdicts.filter(({ control }) => control === "SG1").map(({ message }) => message);
    assert.equal(ssh.length, 2);
    assert.match(ssh[0] ?? "", /ingress\[0\] is not known/);
    assert.match(ssh[1] ?? "", /ingress\[1\]\.cidrBlocks/);
  });
});

test("a default security group that lets SSH in breaks the control of SSH and the one that wants it empty", async () => {
  const type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
  const rule = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] };
  const verdicts = await judge([{ type, name: "main", props: changed(type, "ingress", [rule]) }]);
  assert.deepEqual(verdicts.map(({ control }) => control).sort(), ["SG1", "VPC2"]);
});

test("a key of a service account breaks GIAM2, whatever it says", async () => {
  const verdicts = await judge([
    { type: "gcp:serviceaccount/key:Key", name: "main", props: { serviceAccountId: unknown } },
  ]);
  assert.deepEqual(
    verdicts.map(({ control, level }) => [control, level]),
    [["GIAM2", "mandatory"]],
  );
});

test("every control that judges resources has a change that breaks it for each type, and an unknown value", () => {
  for (const control of controls.filter(({ id }) => !id.startsWith("ATOLL"))) {
    if (!control.resources) continue;
    const broken = new Set<ResourceType>(
      breaking.filter((row) => row.control === control.id).map(({ type }) => type),
    );
    const missing = Object.keys(control.resources).filter(
      (type) => !broken.has(type as ResourceType),
    );
    assert.deepEqual(
      missing.filter((type) => !sameAs.has(type)),
      [],
      `${control.id} has types without a change`,
    );
    assert.ok(
      neverUnknown.has(control.id) || unknowns.some((row) => row.control === control.id),
      `${control.id} has no unknown value`,
    );
  }
});

/** Controls that no unknown value of a single resource can decide. */
const neverUnknown = new Set([
  // Where the value comes from is the stack's business: stack.test.ts.
  "GKE5",
  // Values that are made from other resources wait for the update; see origins.ts.
  "IAM3",
  "IAM4",
  "PS1",
  // Presence decides.
  "CT3",
  "GIAM2",
  "MSK2",
  "EC3",
  "PS2",
]);

/** Types that share their shape and their check with one that is tested. */
const sameAs = new Set([
  // Any rule there breaks VPC2 as well; see "a default security group".
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  // Whatever they say breaks IAM2 as well: iam-document.test.ts.
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  // There is none that passes: see "a key of a service account".
  "gcp:serviceaccount/key:Key",
  "gcp:compute/firewallPolicyRule:FirewallPolicyRule",
  "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule",
]);
