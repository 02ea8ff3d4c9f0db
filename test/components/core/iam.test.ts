// The format of documents only. Does not prove how AWS evaluates a statement.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustPolicy } from "../../../components/core/iam.ts";

async function document(text: pulumi.Output<string>): Promise<Record<string, unknown>> {
  const known = await new Promise<string>((resolve) => {
    text.apply(resolve);
  });
  return JSON.parse(known) as Record<string, unknown>;
}

describe("a policy document", () => {
  test("is JSON of version 2012-10-17 with exactly the given statements", async () => {
    const statements: Statement[] = [
      { sid: "Read", actions: ["s3:GetObject"], resources: pulumi.output("arn:aws:s3:::b/*") },
      {
        sid: "Never",
        effect: "Deny",
        principals: "anyone",
        actions: "s3:*",
        resources: ["arn:aws:s3:::b", pulumi.output("arn:aws:s3:::b/*")],
        conditions: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        sid: "Others",
        principals: {
          aws: "arn:aws:iam::111122223333:root",
          services: ["a.amazonaws.com"],
          federated: "arn:x",
        },
        actions: "sts:AssumeRole",
      },
    ];
    assert.deepEqual(await document(policyDocument(statements)), {
      Version: "2012-10-17",
      Statement: [
        { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::b/*" },
        {
          Sid: "Never",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "Others",
          Effect: "Allow",
          Principal: {
            AWS: "arn:aws:iam::111122223333:root",
            Service: ["a.amazonaws.com"],
            Federated: "arn:x",
          },
          Action: "sts:AssumeRole",
        },
      ],
    });
  });

  test("of a role has the principals that may assume it, and the conditions", async () => {
    const conditions = { StringEquals: { "aws:SourceAccount": "111122223333" } };
    assert.deepEqual(await document(trustPolicy("eks.amazonaws.com", { conditions })), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Assume",
          Effect: "Allow",
          Principal: { Service: "eks.amazonaws.com" },
          Action: ["sts:AssumeRole"],
          Condition: conditions,
        },
      ],
    });
  });
});
