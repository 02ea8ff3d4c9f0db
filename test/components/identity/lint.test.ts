// The rules, one mutation each, and generated statements of any grants. Does not prove that the list of escalations is complete.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import type { Statement } from "../../../components/core/iam.ts";
import { workloadStatements } from "../../../components/identity/aws-statements.ts";
import { escalations } from "../../../components/identity/escalation.ts";
import type { AwsGrant } from "../../../components/identity/grant-schema.ts";
import { policyProblems } from "../../../components/identity/lint.ts";
import { awsPlace, awsReferences, awsWorkloads } from "./fixture.ts";

const role = "arn:aws:iam::111122223333:role/prod-build";
const fine: Statement = {
  sid: "Read",
  actions: ["s3:GetObject", "s3:PutObject"],
  resources: ["arn:aws:s3:::prod-uploads/*", "arn:aws:s3:::prod-uploads"],
};

const rules = (...statements: Statement[]) => policyProblems(statements).map(({ rule }) => rule);

describe("a policy", () => {
  test("that names actions and resources is valid", () => {
    assert.deepEqual(policyProblems([fine]), []);
  });

  test("with an output as a resource is valid", () => {
    assert.deepEqual(rules({ ...fine, resources: pulumi.output("arn:aws:s3:::x/*") }), []);
  });

  for (const actions of ["*", "s3:*", "s3:Get*", "s3:GetObjec?"]) {
    test(`may not allow ${actions}`, () => {
      assert.deepEqual(rules({ ...fine, actions }), ["wildcard-action"]);
    });
  }

  for (const resources of [
    "*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::*/secret",
    "arn:aws:dynamodb:us-east-1:111122223333:table/*",
    "arn:aws:s3:us-east-1:111122223333:accesspoint/*",
    "arn:aws:rds-db:us-east-1:111122223333:dbuser:*/checkout",
    "arn:aws:sqs:*:111122223333:jobs",
    "arn:aws:sqs:us-east-1:*:jobs",
    "arn:aws:*:us-east-1:111122223333:jobs",
  ]) {
    test(`may not have the resource ${resources}`, () => {
      assert.deepEqual(rules({ ...fine, resources }), ["wildcard-resource"]);
    });
  }

  test("may deny everything", () => {
    assert.deepEqual(rules({ sid: "No", effect: "Deny", actions: "*", resources: "*" }), []);
  });

  test("may have all resources only for actions without resource-level permissions", () => {
    const token = { sid: "Token", actions: ["ecr:GetAuthorizationToken"], resources: "*" };
    assert.deepEqual(rules(token), []);
    const more = { ...token, actions: [...token.actions, "ecr:BatchGetImage"] };
    assert.deepEqual(rules(more), ["wildcard-resource"]);
  });

  test("has resources, and no principals", () => {
    assert.deepEqual(rules({ sid: "Read", actions: "s3:GetObject" }), ["wildcard-resource"]);
    assert.deepEqual(rules({ ...fine, principals: "anyone" }), ["principal"]);
  });
});

describe("escalation", () => {
  for (const { actions } of [
    ...escalations.grants,
    ...escalations.passing,
    ...escalations.outright,
  ]) {
    test(`by ${actions.join(" with ")} is found, also across statements and in any case`, () => {
      const apart = actions.map((action, i) => ({
        sid: `S${i}`,
        actions: action.toUpperCase(),
        resources: role,
      }));
      assert.ok(rules(...apart).includes("escalation"));
    });

    if (actions.length > 1) {
      test(`is not found in a part of ${actions.join(" with ")}`, () => {
        for (const left of actions) {
          const part = actions.filter((action) => action !== left);
          assert.deepEqual(rules({ sid: "Part", actions: part, resources: role }), []);
        }
      });
    }
  }

  test("is found behind a wildcard", () => {
    assert.deepEqual(rules({ sid: "All", actions: "iam:Put*", resources: role }), [
      "wildcard-action",
      "escalation",
      "escalation",
      "escalation",
      "escalation",
      "escalation",
    ]);
  });

  const create = { sid: "Grow", actions: "iam:PutRolePolicy", resources: role };
  const boundary = "arn:aws:iam::111122223333:policy/boundary";

  test("is prevented by a condition on a boundary", () => {
    const conditions = { StringEquals: { "iam:PermissionsBoundary": boundary } };
    assert.deepEqual(rules({ ...create, conditions }), []);
  });

  test("by removing a boundary is not prevented by a condition on it", () => {
    const lift = { ...create, actions: "iam:DeleteRolePermissionsBoundary" };
    const conditions = { StringEquals: { "iam:PermissionsBoundary": boundary } };
    assert.deepEqual(rules({ ...lift, conditions }), ["escalation"]);
  });

  test("is not prevented by any boundary, or by none", () => {
    for (const conditions of [
      { StringLike: { "iam:PermissionsBoundary": "*" } },
      { StringEqualsIfExists: { "iam:PermissionsBoundary": boundary } },
      { StringNotEquals: { "iam:PermissionsBoundary": boundary } },
    ]) {
      assert.deepEqual(rules({ ...create, conditions }), ["escalation"]);
    }
  });

  test("by passing a role is prevented by a condition on the service", () => {
    const run = { sid: "Run", actions: "ec2:RunInstances", resources: role };
    const pass = { sid: "Pass", actions: "iam:PassRole", resources: role };
    assert.deepEqual(rules(run, pass), ["escalation"]);
    const conditions = { StringEquals: { "iam:PassedToService": "eks.amazonaws.com" } };
    assert.deepEqual(rules(run, { ...pass, conditions }), []);
  });
});

test("the statements of any grants have unique sids and no problems", () => {
  const grants: AwsGrant[] = Object.values(awsWorkloads).flatMap((workload) =>
    structuredClone(workload.grants as unknown as AwsGrant[]),
  );
  fc.assert(
    fc.property(fc.subarray(grants, { minLength: 1 }), (chosen) => {
      const statements = workloadStatements("checkout", chosen, awsReferences, awsPlace);
      assert.deepEqual(policyProblems(statements), []);
      const sids = statements.map(({ sid }) => sid);
      assert.equal(new Set(sids).size, sids.length);
      assert.ok(sids.every((sid) => /^[A-Za-z0-9]+$/.test(sid)));
    }),
  );
});
