// The rules, from a valid policy with one change. Condition keys come from AWS's documentation.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Conditions, Principals, Statement } from "../../../components/core/iam.ts";
import { trustProblems } from "../../../components/identity/lint-trust.ts";

const account = "111122223333";

function found(principals: Principals | "anyone", conditions: Conditions = {}): number {
  const statement: Statement = { sid: "Assume", principals, actions: "sts:AssumeRole", conditions };
  return trustProblems([statement], account).length;
}

describe("a service", () => {
  const backup = { services: "backup.amazonaws.com" };

  test("acts on behalf of a named account or resource", () => {
    assert.equal(found(backup, { StringEquals: { "aws:SourceAccount": account } }), 0);
    assert.equal(found(backup, { ArnLike: { "aws:SourceArn": "arn:aws:backup:::plan/a" } }), 0);
    assert.equal(found(backup, { StringEquals: { "AWS:sourceaccount": account } }), 0);
  });

  test("is rejected without one", () => {
    assert.equal(found(backup), 1);
    assert.equal(found(backup, { StringLike: { "aws:SourceAccount": "*" } }), 1);
    assert.equal(found(backup, { StringEqualsIfExists: { "aws:SourceAccount": account } }), 1);
    assert.equal(found(backup, { StringNotEquals: { "aws:SourceAccount": account } }), 1);
  });

  test("for pods requires all three session tags", () => {
    const pods = { services: "pods.eks.amazonaws.com" };
    const tags = {
      "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:us-east-1:111122223333:cluster/prod",
      "aws:RequestTag/kubernetes-namespace": "shop",
      "aws:RequestTag/kubernetes-service-account": "checkout",
    };
    assert.equal(found(pods, { StringEquals: tags }), 0);
    for (const tag of Object.keys(tags)) {
      const fewer = Object.fromEntries(Object.entries(tags).filter(([key]) => key !== tag));
      assert.equal(found(pods, { StringEquals: fewer }), 1, tag);
    }
  });
});

describe("an account", () => {
  test("of the same id is trusted, and others with a condition", () => {
    assert.equal(found({ aws: `arn:aws:iam::${account}:role/ops` }), 0);
    const other = { aws: "arn:aws:iam::999988887777:root" };
    assert.equal(found(other), 1);
    assert.equal(found(other, { StringEquals: { "sts:ExternalId": "a-b-c" } }), 0);
  });

  test("is never a wildcard", () => {
    assert.equal(found("anyone"), 1);
    assert.equal(found({ aws: "*" }, { StringEquals: { "sts:ExternalId": "a-b-c" } }), 1);
  });
});

describe("a provider", () => {
  const federated = { federated: `arn:aws:iam::${account}:oidc-provider/ci.example` };
  const claims = { "ci.example:sub": "repo:acme/footprint:ref:main", "ci.example:aud": "aws" };

  test("is trusted for one subject and audience", () => {
    assert.equal(found(federated, { StringEquals: claims }), 0);
  });

  test("is not trusted for patterns, or for one of the two", () => {
    assert.equal(found(federated), 2);
    assert.equal(found(federated, { StringLike: claims }), 2);
    assert.equal(found(federated, { StringEquals: { ...claims, "ci.example:sub": "repo:*" } }), 1);
    assert.equal(found(federated, { StringEquals: { "ci.example:aud": "aws" } }), 1);
  });
});
