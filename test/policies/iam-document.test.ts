/**
 * How IAM documents are parsed. Not proven here: that AWS evaluates requests in the same way.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { trustProblems } from "../../policies/confused-deputy.ts";
import { escalationIn, escalations } from "../../policies/escalations.ts";
import { allowsAnyone, concerns, statementsOf } from "../../policies/iam-document.ts";
import { type Given, judge, judgeStack } from "./judge.ts";
import { document } from "./passing-aws-account.ts";

const one = (statement: object) => {
  const [first] = statementsOf(document(statement));
  assert.ok(first);
  return first;
};

describe("a document", () => {
  test("may be JSON or an object, with one statement or several, and one value or several", () => {
    const statement = { Effect: "Allow", Action: "s3:Get*", Resource: ["a", "b"] };
    const expected = statementsOf(document(statement));
    assert.deepEqual(statementsOf({ Statement: statement }), expected);
    assert.deepEqual(statementsOf(JSON.stringify({ Statement: [statement] })), expected);
    assert.deepEqual(expected[0]?.actions, ["s3:Get*"]);
    assert.deepEqual(expected[0]?.resources, ["a", "b"]);
  });

  test("that is not JSON, or is empty, has no statements", () => {
    for (const given of ["{", "", undefined, null, 3, "{}"]) {
      assert.deepEqual(statementsOf(given), []);
    }
  });

  test("matches actions case-insensitively, with * and ?, and inverts NotAction", () => {
    assert.ok(concerns(one({ Action: "IAM:pass*" }), "iam:PassRole"));
    assert.ok(concerns(one({ Action: "iam:PassRol?" }), "iam:PassRole"));
    assert.ok(!concerns(one({ Action: "iam.PassRole" }), "iam:PassRole"));
    assert.ok(concerns(one({ NotAction: ["s3:*"] }), "iam:PassRole"));
    assert.ok(!concerns(one({ NotAction: ["iam:*"] }), "iam:PassRole"));
  });

  for (const [Condition, open] of [
    [undefined, true],
    [{ StringEquals: { "AWS:PrincipalOrgId": "o-1" } }, false],
    [{ StringLike: { "aws:PrincipalArn": "*" } }, true],
    [{ StringNotEquals: { "aws:PrincipalAccount": "1" } }, true],
    [{ "ForAllValues:StringEquals": { "aws:PrincipalOrgPaths": "o-1/*" } }, true],
    [{ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-1/*" } }, false],
    [{ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, true],
    [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, false],
    [{ Bool: { "aws:SecureTransport": "true" } }, true],
  ] as const) {
    test(`with all principals is ${open ? "open" : "limited"} with ${JSON.stringify(Condition) ?? "no condition"}`, () => {
      const statement = one({ Effect: "Allow", Principal: { AWS: "*" }, Action: "*", Condition });
      assert.equal(allowsAnyone(statement), open);
      assert.ok(!allowsAnyone({ ...statement, effect: "Deny" }));
    });
  }
});

describe("each privilege escalation", () => {
  for (const { decisive, beside } of escalations) {
    test(`is found by ${[decisive, ...beside].join(", ")}, but not without one of them or on a specific resource`, () => {
      const grant = (Action: string[], Resource = "*") =>
        statementsOf(document({ Effect: "Allow", Action, Resource }));
      const found = escalationIn(grant([decisive, ...beside]));
      assert.equal(found?.by.decisive, decisive);
      assert.equal(escalationIn(grant([...beside])), undefined);
      for (const left of beside) {
        const rest = beside.filter((action) => action !== left);
        const other = escalationIn(grant([decisive, ...rest]));
        assert.ok(!other?.by.beside.includes(left));
      }
      const named = "arn:aws:iam::111122223333:role/one";
      assert.equal(escalationIn(grant([decisive, ...beside], named)), undefined);
    });
  }
});

test("a service has the same rules in the China partition", () => {
  const principal = { Service: "ec2.amazonaws.com.cn" };
  assert.deepEqual(trustProblems(one({ Effect: "Allow", Principal: principal })), []);
});

test("user policies always violate IAM2, and IAM1 too if they allow everything", async () => {
  const everything = document({ Effect: "Allow", Action: "*", Resource: "*" });
  const nothing = document({ Effect: "Deny", Action: "*", Resource: "*" });
  const given: readonly Given[] = [
    { type: "aws:iam/userPolicy:UserPolicy", name: "a", props: { user: "u", policy: nothing } },
    { type: "aws:iam/userPolicy:UserPolicy", name: "b", props: { user: "u", policy: everything } },
    {
      type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      name: "c",
      props: { user: "u", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    },
  ];
  const verdicts = await judge(given);
  assert.deepEqual(
    verdicts.map(({ control, urn }) => `${urn.split("::").at(-1)} ${control}`).sort(),
    ["a IAM2", "b IAM1", "b IAM2", "c IAM1", "c IAM2"],
  );
});

test("a document that becomes known is judged again after the update", async () => {
  const everything = document({ Effect: "Allow", Action: "*", Resource: "*" });
  const verdicts = await judgeStack([
    { type: "aws:iam/rolePolicy:RolePolicy", name: "a", props: { policy: everything } },
  ]);
  assert.deepEqual(
    verdicts.map(({ control }) => control),
    ["IAM1"],
  );
});
