// Reads the policy documents. How IAM evaluates them is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../../components/core/iam.ts";
import { karpenterPolicies } from "../../../components/node-pool/aws-karpenter-policy.ts";
import { type PlainStatement, statements } from "./aws-fixture.ts";

const nodeRoleArn = "arn:aws:iam::111122223333:role/local-aws-use1-nodes-karpenter";

async function documents(): Promise<string[]> {
  const policies = karpenterPolicies({
    cluster: { name: "local-aws-use1", region: "us-east-1", account: "111122223333" },
    nodeRoleArn,
    queueArn: "arn:aws:sqs:us-east-1:111122223333:local-aws-use1-interruptions",
    volumesKeyArn: "arn:aws:kms:us-east-1:111122223333:key/volumes",
  });
  return Promise.all(
    Object.values(policies).map(
      (each) =>
        new Promise<string>((resolve) => pulumi.output(policyDocument(each)).apply(resolve)),
    ),
  );
}

const all = async () => (await documents()).flatMap((document) => statements(document));
const list = (value: string | readonly string[] | undefined) =>
  value === undefined ? [] : [value].flat();

const ownedTag = /^aws:(Request|Resource)Tag\/kubernetes\.io\/cluster\/local-aws-use1$/;

/** Whether a statement is limited to resources or requests with the tag of this cluster. */
const isScoped = ({ Condition }: PlainStatement) =>
  Object.entries(Condition.StringEquals ?? {}).some(
    ([key, value]) => ownedTag.test(key) && value === "owned",
  );

describe("the IAM policies of Karpenter", () => {
  test("fit into a role: all inline policies together have less than 10,240 characters", async () => {
    const characters = (await documents()).join("").replaceAll(/\s/g, "").length;
    assert.ok(characters <= 10_240, String(characters));
  });

  test("have no wildcard actions", async () => {
    const actions = (await all()).flatMap(({ Action }) => list(Action));
    assert.deepEqual(
      actions.filter((action) => action.includes("*")),
      [],
    );
  });

  test("allow EC2 to create its service-linked role for Spot, and no other role", async () => {
    const found = (await all()).filter(({ Action }) =>
      list(Action).some((action) => /^iam:Create.*Role/.test(action)),
    );
    assert.deepEqual(
      found.map(({ Action, Resource, Condition }) => ({ Action, Resource, Condition })),
      [
        {
          Action: "iam:CreateServiceLinkedRole",
          Resource:
            "arn:aws:iam::111122223333:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
          Condition: { StringEquals: { "iam:AWSServiceName": "spot.amazonaws.com" } },
        },
      ],
    );
  });

  test("allow termination, tagging and launch templates only with this cluster's tag", async () => {
    const guarded = [
      "ec2:TerminateInstances",
      "ec2:DeleteLaunchTemplate",
      "ec2:CreateTags",
      "ec2:CreateLaunchTemplate",
      "iam:CreateInstanceProfile",
      "iam:TagInstanceProfile",
      "iam:AddRoleToInstanceProfile",
      "iam:RemoveRoleFromInstanceProfile",
      "iam:DeleteInstanceProfile",
    ];
    const found = (await all()).filter(({ Action }) =>
      list(Action).some((action) => guarded.includes(action)),
    );
    assert.deepEqual(
      new Set(
        found.flatMap(({ Action }) => list(Action)).filter((action) => guarded.includes(action)),
      ),
      new Set(guarded),
    );
    assert.deepEqual(
      found.filter((each) => !isScoped(each)).map(({ Sid }) => Sid),
      [],
    );
  });

  test("allow launches only with this cluster's tag, except for resources that cannot be tagged at launch", async () => {
    const launching = (await all()).filter(({ Action }) =>
      list(Action).includes("ec2:RunInstances"),
    );
    const open = launching
      .filter((each) => !isScoped(each))
      .flatMap(({ Resource }) => list(Resource));
    assert.deepEqual(open.map((resource) => resource.split(":").at(-1)).sort(), [
      "capacity-reservation/*",
      "image/*",
      "placement-group/*",
      "security-group/*",
      "snapshot/*",
      "subnet/*",
    ]);
    const machines = launching.filter(({ Resource }) =>
      list(Resource).some((resource) => resource.endsWith(":instance/*")),
    );
    assert.ok(machines.length > 0 && machines.every(isScoped));
  });

  test("allow to pass only the nodes' role, and only to EC2", async () => {
    const passing = (await all()).filter(({ Action }) => list(Action).includes("iam:PassRole"));
    assert.deepEqual(
      passing.map(({ Resource, Condition }) => [Resource, Condition]),
      [[nodeRoleArn, { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }]],
    );
  });

  test("name every resource for actions with resource-level permissions", async () => {
    const unlimited = (await all()).filter(({ Resource }) => list(Resource).includes("*"));
    const actions = unlimited.flatMap(({ Action }) => list(Action));
    assert.deepEqual(
      actions.filter(
        (action) =>
          !/^(ec2:Describe\w+|pricing:GetProducts|iam:ListInstanceProfiles|arc-zonal-shift:GetManagedResource)$/.test(
            action,
          ),
      ),
      [],
    );
  });
});
