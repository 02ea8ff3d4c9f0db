// Limits over several resources, without engine. That the services refuse the same is known from their quotas.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cloud, eachWithItsCloud, ROLE, refused, trust, vpc } from "../refused.ts";

eachWithItsCloud();

const policy = (characters: number) => {
  const of = (id: string) => JSON.stringify({ Version: "2012-10-17", Id: id, Statement: [] });
  return of("x".repeat(characters - of("").length));
};

describe("the inline policies of a role", () => {
  const put = (name: string, characters: number, role = "r") =>
    cloud.make("aws:iam/rolePolicy:RolePolicy", name, {
      name,
      role,
      policy: policy(characters),
    });

  test("have 10,240 characters together, and those of another role count there", () => {
    cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    cloud.make(ROLE, "other", { name: "other", assumeRolePolicy: trust });
    put("a", 6_000);
    put("elsewhere", 10_240, "other");
    refused(() => put("b", 4_241), "LimitExceeded", /10240 bytes exceeded for role r$/);
    put("b", 4_240);
  });

  test("count when one of them changes", () => {
    cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    put("a", 6_000);
    const b = put("b", 4_000);
    const change = (characters: number) =>
      cloud.update(b, { name: "b", role: "r", policy: policy(characters) });
    refused(() => change(4_241), "LimitExceeded", /role r$/);
    change(4_240);
  });
});

describe("an allow policy of Google Cloud", () => {
  const config = { project: "acme-test", region: "europe-west1" };
  const grant = (name: string, inputs: Record<string, unknown>) =>
    cloud.make(
      "gcp:projects/iAMMember:IAMMember",
      name,
      { project: "acme-test", role: "roles/viewer", ...inputs },
      config,
    );
  const account = (name: string) => `user:${name}@acme.example`;
  const condition = (index: number) => ({
    title: `c${index}`,
    expression: `resource.name == "projects/_/buckets/b${index}"`,
  });

  test("has a role for a member with 20 conditions", () => {
    for (let index = 0; index < 20; index++)
      grant(`a${index}`, { member: account("a"), condition: condition(index) });
    const another = (inputs: object) => grant("another", { condition: condition(20), ...inputs });
    refused(() => another({ member: account("a") }), "badRequest", /more than 20 bindings/);
    another({ member: account("b") });
    grant("title", {
      member: account("a"),
      condition: { ...condition(0), title: "of another stack" },
    });
    grant("role", { member: account("a"), role: "roles/browser", condition: condition(20) });
    grant("always", { member: account("a") });
  });

  test("has 1,500 members, of which 250 are groups, and another project has its own", () => {
    for (let index = 0; index < 250; index++)
      grant(`g${index}`, { member: `group:g${index}@x.de` });
    refused(() => grant("g", { member: "group:g@x.de" }), "badRequest", /groups.* size 250/);
    refused(() => grant("d", { member: "domain:x.de" }), "badRequest", /groups.* size 250/);
    for (let index = 250; index < 1_500; index++)
      grant(`a${index}`, { member: account(`a${index}`) });
    refused(() => grant("last", { member: account("z") }), "badRequest", /\(1501\).* 1500/);
    cloud.make(
      "gcp:projects/iAMMember:IAMMember",
      "other",
      { project: "acme-other", role: "roles/viewer", member: account("z") },
      { ...config, project: "acme-other" },
    );
  });
});

test("a network ACL has 20 rules in each direction", () => {
  const parent = vpc();
  const list = cloud.make("aws:ec2/networkAcl:NetworkAcl", "acl", { vpcId: parent.id });
  const rule = (index: number, egress: boolean) =>
    cloud.make("aws:ec2/networkAclRule:NetworkAclRule", `r${index}${egress}`, {
      networkAclId: list.id,
      ruleNumber: index + 1,
      egress,
      protocol: "-1",
      ruleAction: "allow",
      cidrBlock: "10.0.0.0/8",
    });
  for (let index = 0; index < 20; index++) {
    rule(index, false);
    rule(index, true);
  }
  refused(() => rule(20, false), "NetworkAclEntryLimitExceeded", /\(20\)/);
  refused(() => rule(20, true), "NetworkAclEntryLimitExceeded", /\(20\)/);
});

test("an account has ten resource policies of CloudWatch Logs in a region", () => {
  const put = (index: number, region = "us-east-1") =>
    cloud.make("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", `p${index}${region}`, {
      policyName: `p${index}`,
      policyDocument: policy(100),
      region,
    });
  for (let index = 0; index < 10; index++) put(index);
  refused(() => put(10), "LimitExceededException", /\(10\)/);
  assert.ok(put(10, "eu-west-1"));
});
