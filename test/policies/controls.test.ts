/**
 * Mutation tests of the controls of single resources: one value of a passing resource is changed, and exactly one control of the
 * pack must report a violation. They prove the results for inputs in the wire format; they do not prove that a cloud treats these
 * inputs as documented.
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
import { unknowns as unknownsOfPlatform } from "./unknown-values.ts";

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
    test(`violates only ${control} when ${path} of ${type} is ${JSON.stringify(value) ?? "omitted"}`, async () => {
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
    test(`violates no control when ${path} of ${type} is ${JSON.stringify(value) ?? "omitted"}, because ${because}`, async () => {
      const verdicts = await judge([{ type, name: "main", props: changed(type, path, value) }]);
      assert.deepEqual(verdicts, []);
    });
  }
});

describe("a value that is unknown until deployment", () => {
  for (const { control, type, path, given } of unknowns) {
    test(`violates ${control} at its level when ${path} of ${type} is unknown`, async () => {
      const props = changed(type, path, unknown);
      const verdicts = await judge([{ type, name: "main", props: { ...props, ...given } }]);
      assert.deepEqual(
        verdicts.map((verdict) => [verdict.control, verdict.level]),
        [[control, "mandatory"]],
      );
      assert.ok(
        verdicts[0]?.message.includes(`${path} is unknown until deployment`),
        verdicts[0]?.message,
      );
    });
  }

  test("does not hide other violations", async () => {
    const props = changed("aws:ec2/securityGroup:SecurityGroup", "ingress", [
      unknown,
      { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [unknown, "0.0.0.0/0"] },
    ]);
    const verdicts = await judge([
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "main", props },
    ]);
    const ssh = verdicts.filter(({ control }) => control === "SG1").map(({ message }) => message);
    assert.equal(ssh.length, 2);
    assert.match(ssh[0] ?? "", /ingress\[0\] is unknown/);
    assert.match(ssh[1] ?? "", /ingress\[1\]\.cidrBlocks/);
  });
});

test("a default security group that allows SSH violates the controls of SSH and of default security groups", async () => {
  const type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
  const rule = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] };
  const verdicts = await judge([{ type, name: "main", props: changed(type, "ingress", [rule]) }]);
  assert.deepEqual(verdicts.map(({ control }) => control).sort(), ["SG1", "VPC2"]);
});

test("a service account key always violates GIAM2", async () => {
  const verdicts = await judge([
    { type: "gcp:serviceaccount/key:Key", name: "main", props: { serviceAccountId: unknown } },
  ]);
  assert.deepEqual(
    verdicts.map(({ control, level }) => [control, level]),
    [["GIAM2", "mandatory"]],
  );
});

test("every control of resources has a violating change for each type, and an unknown value", () => {
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

/** Controls without an unknown value of a single resource that decides. */
const neverUnknown = new Set([
  // The origin of the value is checked on the stack: stack.test.ts.
  "GKE5",
  // Values from other resources are checked in the update; see origins.ts.
  "IAM3",
  "IAM4",
  "PS1",
  // Only presence matters.
  "CT3",
  "GIAM2",
  "MSK2",
  "EC3",
  "PS2",
]);

/** Types with the same properties and check as a tested one. */
const sameAs = new Set([
  // Any rule also violates VPC2; see "a default security group".
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  // They always violate IAM2 too: iam-document.test.ts.
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  // None passes: see "a service account key".
  "gcp:serviceaccount/key:Key",
  "gcp:compute/firewallPolicyRule:FirewallPolicyRule",
  "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule",
]);
